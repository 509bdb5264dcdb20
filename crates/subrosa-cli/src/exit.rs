//! What the process says with its exit code. Scripts rely on these numbers.

use std::process::ExitCode;

/// How a run, or the treatment of one file, ended. The greater one wins when several come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing found, or everything redacted.
    Clean,
    /// `scan` or `check` found something; `redact` left a decision to a person.
    Findings,
    /// At least one file could not be treated safely; all others were.
    Refused,
    /// A usage, policy or input/output error.
    Error,
    /// The user interrupted.
    Interrupted,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Refused => 3,
            Self::Error => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_a_contract() {
        let all = [Exit::Clean, Exit::Findings, Exit::Refused, Exit::Error, Exit::Interrupted];
        assert_eq!(all.map(Exit::code), [0, 1, 3, 2, 130]);
    }

    #[test]
    fn the_worst_wins() {
        assert_eq!(Exit::Findings.max(Exit::Refused), Exit::Refused);
        assert_eq!(Exit::Error.max(Exit::Refused), Exit::Error);
        assert_eq!(Exit::Clean.max(Exit::Findings), Exit::Findings);
    }
}
