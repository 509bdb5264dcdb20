//! One file for each recognizer; folders are countries, `generic` for those that belong to none, `health` for health care.
//!
//! To add one: write the file, add its `mod` line in the folder and its line in [`ALL`]. `cargo xtask new-recognizer` does it.

use crate::recognizer::Recognizer;

pub mod amounts;
pub mod ar;
pub mod at;
pub mod au;
pub mod be;
pub mod bg;
pub mod br;
pub mod ca;
pub mod ch;
pub mod cl;
pub mod cn;
pub mod co;
pub mod cue;
pub mod cy;
pub mod cz;
pub mod de;
pub mod dk;
pub mod ec;
pub mod ee;
pub mod es;
pub mod eu;
pub mod fi;
pub mod field;
pub mod fr;
pub mod generic;
pub mod gr;
pub mod health;
pub mod hk;
pub mod hr;
pub mod hu;
pub mod id;
pub mod identifier;
pub mod ie;
pub mod il;
pub mod r#in;
pub mod is;
pub mod it;
pub mod jp;
pub mod keywords;
pub mod kr;
pub mod labelled;
pub mod lt;
pub mod lu;
pub mod lv;
pub mod mt;
pub mod mx;
pub mod my;
pub mod ng;
pub mod nl;
pub mod no;
pub mod nz;
pub mod pe;
pub mod ph;
pub mod pl;
pub mod pt;
pub mod ro;
pub mod se;
pub mod secret;
pub mod sg;
pub mod si;
pub mod th;
pub mod tr;
pub mod tw;
pub mod uk;
pub mod us;
pub mod uy;
pub mod za;

/// Every recognizer.
#[rustfmt::skip] // one a line
pub static ALL: &[&dyn Recognizer] = &[
    &generic::credit_card::RECOGNIZER,
    &generic::location::RECOGNIZER,
    &generic::nrp::RECOGNIZER,
    &generic::occupation::RECOGNIZER,
    &generic::organization::RECOGNIZER,
    &generic::person::RECOGNIZER,
    &generic::street_address::RECOGNIZER,
    &health::health_condition::RECOGNIZER,
    &health::lab_test::RECOGNIZER,
    &health::medical_procedure::RECOGNIZER,
    &health::medication::RECOGNIZER,
    &health::symptom::RECOGNIZER,
    &generic::account_number::RECOGNIZER,
    &generic::age::RECOGNIZER,
    &generic::api_key::RECOGNIZER,
    &generic::biometric_identifier::RECOGNIZER,
    &generic::case_number::RECOGNIZER,
    &generic::coordinates::RECOGNIZER,
    &generic::crypto::RECOGNIZER,
    &generic::device_identifier::RECOGNIZER,
    &generic::iccid::RECOGNIZER,
    &generic::imei::RECOGNIZER,
    &generic::imsi::RECOGNIZER,
    &generic::license_plate::RECOGNIZER,
    &generic::password::RECOGNIZER,
    &generic::photograph::RECOGNIZER,
    &generic::private_key::RECOGNIZER,
    &generic::tracking_number::RECOGNIZER,
    &generic::date_of_birth::RECOGNIZER,
    &generic::date_time::RECOGNIZER,
    &generic::duration::RECOGNIZER,
    &generic::email_address::RECOGNIZER,
    &generic::fax_number::RECOGNIZER,
    &generic::iban_code::RECOGNIZER,
    &generic::ip_address::RECOGNIZER,
    &generic::mac_address::RECOGNIZER,
    &generic::phone_number::RECOGNIZER,
    &generic::postal_code::RECOGNIZER,
    &generic::quantity::RECOGNIZER,
    &generic::unique_identifier::RECOGNIZER,
    &generic::url::RECOGNIZER,
    &generic::username::RECOGNIZER,
    &generic::vin::RECOGNIZER,
    &generic::zip_code::RECOGNIZER,
    &ca::postal_code::RECOGNIZER,
    &health::health_plan_number::RECOGNIZER,
    &health::medical_record_number::RECOGNIZER,
    &uk::nhs::RECOGNIZER,
    &uk::nino::RECOGNIZER,
    &uk::postcode::RECOGNIZER,
    &us::bank_routing::RECOGNIZER,
    &us::dea::RECOGNIZER,
    &us::driver_license::RECOGNIZER,
    &us::itin::RECOGNIZER,
    &us::mbi::RECOGNIZER,
    &us::npi::RECOGNIZER,
    &us::passport::RECOGNIZER,
    &us::ssn::RECOGNIZER,
    &au::abn::RECOGNIZER,
    &au::acn::RECOGNIZER,
    &au::tfn::RECOGNIZER,
    &au::medicare::RECOGNIZER,
    &r#in::aadhaar::RECOGNIZER,
    &r#in::pan::RECOGNIZER,
    &r#in::gstin::RECOGNIZER,
    &r#in::voter::RECOGNIZER,
    &ng::nin::RECOGNIZER,
    &za::id_number::RECOGNIZER,
    &ph::tin::RECOGNIZER,
    &sg::nric_fin::RECOGNIZER,
    &sg::uen::RECOGNIZER,
    &kr::rrn::RECOGNIZER,
    &kr::frn::RECOGNIZER,
    &kr::brn::RECOGNIZER,
    &kr::driver_license::RECOGNIZER,
    &th::tnin::RECOGNIZER,
    &tr::national_id::RECOGNIZER,
    &il::id_number::RECOGNIZER,
    &cn::resident_id::RECOGNIZER,
    &jp::my_number::RECOGNIZER,
    &hk::id::RECOGNIZER,
    &tw::id::RECOGNIZER,
    &my::nric::RECOGNIZER,
    &id::nik::RECOGNIZER,
    &nz::ird::RECOGNIZER,
    &nz::nhi::RECOGNIZER,
    &fi::personal_identity_code::RECOGNIZER,
    &se::personnummer::RECOGNIZER,
    &se::organisationsnummer::RECOGNIZER,
    &dk::cpr::RECOGNIZER,
    &no::fodselsnummer::RECOGNIZER,
    &is::kennitala::RECOGNIZER,
    &ee::isikukood::RECOGNIZER,
    &lt::asmens_kodas::RECOGNIZER,
    &lv::personas_kods::RECOGNIZER,
    &pl::pesel::RECOGNIZER,
    &pl::nip::RECOGNIZER,
    &pl::regon::RECOGNIZER,
    &pl::identity_card::RECOGNIZER,
    &cz::rodne_cislo::RECOGNIZER,
    &ro::cnp::RECOGNIZER,
    &hu::taj::RECOGNIZER,
    &hu::tax_id::RECOGNIZER,
    &bg::egn::RECOGNIZER,
    &gr::amka::RECOGNIZER,
    &gr::afm::RECOGNIZER,
    &si::emso::RECOGNIZER,
    &si::tax_number::RECOGNIZER,
    &hr::oib::RECOGNIZER,
    &fr::nir::RECOGNIZER,
    &fr::nif::RECOGNIZER,
    &fr::siren::RECOGNIZER,
    &nl::bsn::RECOGNIZER,
    &be::national_number::RECOGNIZER,
    &pt::nif::RECOGNIZER,
    &ie::ppsn::RECOGNIZER,
    &at::svnr::RECOGNIZER,
    &ch::ahv::RECOGNIZER,
    &lu::matricule::RECOGNIZER,
    &mt::identity_card::RECOGNIZER,
    &cy::tic::RECOGNIZER,
    &de::tax_id::RECOGNIZER,
    &de::vat_id::RECOGNIZER,
    &de::social_security::RECOGNIZER,
    &de::health_insurance::RECOGNIZER,
    &de::lanr::RECOGNIZER,
    &de::bsnr::RECOGNIZER,
    &de::id_card::RECOGNIZER,
    &de::tax_number::RECOGNIZER,
    &es::nif::RECOGNIZER,
    &es::nie::RECOGNIZER,
    &es::cif::RECOGNIZER,
    &es::nuss::RECOGNIZER,
    &it::fiscal_code::RECOGNIZER,
    &it::vat_code::RECOGNIZER,
    &it::driver_license::RECOGNIZER,
    &it::identity_card::RECOGNIZER,
    &ca::sin::RECOGNIZER,
    &ca::ohip::RECOGNIZER,
    &ca::ramq::RECOGNIZER,
    &ca::bc_phn::RECOGNIZER,
    &ca::health_card::RECOGNIZER,
    &uk::driving_licence::RECOGNIZER,
    &uk::utr::RECOGNIZER,
    &uk::chi::RECOGNIZER,
    &br::cpf::RECOGNIZER,
    &br::cnpj::RECOGNIZER,
    &mx::curp::RECOGNIZER,
    &mx::rfc::RECOGNIZER,
    &ar::cuit::RECOGNIZER,
    &ar::dni::RECOGNIZER,
    &cl::rut::RECOGNIZER,
    &co::nit::RECOGNIZER,
    &co::cedula::RECOGNIZER,
    &pe::ruc::RECOGNIZER,
    &pe::dni::RECOGNIZER,
    &ec::cedula::RECOGNIZER,
    &uy::ci::RECOGNIZER,
    &us::ein::RECOGNIZER,
    &us::hicn::RECOGNIZER,
    &eu::ehic::RECOGNIZER,
    &uk::passport::RECOGNIZER,
    &es::passport::RECOGNIZER,
    &it::passport::RECOGNIZER,
    &de::passport::RECOGNIZER,
    &r#in::passport::RECOGNIZER,
    &kr::passport::RECOGNIZER,
    &fr::passport::RECOGNIZER,
    &ca::passport::RECOGNIZER,
    &au::passport::RECOGNIZER,
    &generic::swift_bic::RECOGNIZER,
    &eu::vat::RECOGNIZER,
];

#[cfg(test)]
mod fields;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod walker;
