//! What a person is in a case.

/// The part that somebody plays in what the documents are about. Told by the case sheet, never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The one the documents are about: patient, client, student, data subject.
    Client,
    /// Family, household, partner of the client.
    Relative,
    /// Who treats, counsels or teaches the client.
    Clinician,
    /// Who acts for an authority or an organisation.
    Official,
    /// Whom the client works for.
    Employer,
    /// Anybody else whom the documents name.
    ThirdParty,
}

impl Role {
    /// All, with the names that case sheets and policies use.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("client", Self::Client),
        ("relative", Self::Relative),
        ("clinician", Self::Clinician),
        ("official", Self::Official),
        ("employer", Self::Employer),
        ("third-party", Self::ThirdParty),
    ];

    /// The name that case sheets and policies use.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, role)| *role == self).map_or("", |(name, _)| name)
    }

    /// The role of this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
    }
}
