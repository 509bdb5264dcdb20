//! Addresses of public works: documentation, source code, standards, encyclopedias, packages.
//!
//! Such an address names a page that everybody reads, so it tells nothing of the person of a text. On the same sites stand the
//! pages of people; `github.com/jane` and paths such as `/users/jane` therefore still count.

/// Sites with pages of people one part deep, and of works below: `github.com/jane`, `github.com/jane/tool`.
const FORGES: &[&str] =
    &["github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "sourceforge.net", "npmjs.com", "opencollective.com"];
/// Sites that publish works. A site counts with all below it: `gnu.org` is `www.gnu.org` as well.
const PUBLISHERS: &[&str] = &[
    "acm.org",
    "apache.org",
    "archive.org",
    "arm.com",
    "arxiv.org",
    "badgen.net",
    "cppreference.com",
    "conventionalcommits.org",
    "cpan.org",
    "crates.io",
    "creativecommons.org",
    "codecov.io",
    "debian.org",
    "developer.android.com",
    "developer.apple.com",
    "discord.gg",
    "djangoproject.com",
    "docbook.org",
    "docker.com",
    "docs.rs",
    "doi.org",
    "eclipse.org",
    "editorconfig.org",
    "europa.eu",
    "fedoraproject.org",
    "fontawesome.com",
    "freebsd.org",
    "freedesktop.org",
    "fsf.org",
    "getcomposer.org",
    "githubusercontent.com",
    "gnome.org",
    "gnu.org",
    "go.dev",
    "golang.org",
    "googlesource.com",
    "iana.org",
    "ibm.com",
    "ieee.org",
    "ietf.org",
    "intel.com",
    "isitmaintained.com",
    "iso.org",
    "itu.int",
    "json-schema.org",
    "kde.org",
    "keepachangelog.com",
    "kernel.org",
    "kubernetes.io",
    "lib.rs",
    "llvm.org",
    "loc.gov",
    "lwn.net",
    "man7.org",
    "mathjax.org",
    "microsoft.com",
    "mozilla.org",
    "mysql.com",
    "netbsd.org",
    "netlib.org",
    "ncbi.nlm.nih.gov",
    "nist.gov",
    "nodejs.org",
    "npm.im",
    "npmjs.org",
    "nuget.org",
    "openbsd.org",
    "opengroup.org",
    "opensource.org",
    "openssl.org",
    "openxmlformats.org",
    "oracle.com",
    "packagist.org",
    "perl.org",
    "php.net",
    "postgresql.org",
    "pypi.org",
    "python.org",
    "pythonhosted.org",
    "pyo3.rs",
    "readthedocs.io",
    "readthedocs.org",
    "reactjs.org",
    "redhat.com",
    "rfc-editor.org",
    "ruby-lang.org",
    "rubygems.org",
    "rust-lang.org",
    "rustsec.org",
    "schema.org",
    "semver.org",
    "serde.rs",
    "shields.io",
    "spdx.org",
    "sqlite.org",
    "stackoverflow.com",
    "stackexchange.com",
    "swagger.io",
    "sympy.org",
    "travis-ci.com",
    "travis-ci.org",
    "typescriptlang.org",
    "ubuntu.com",
    "unicode.org",
    "unlicense.org",
    "unpkg.com",
    "w3.org",
    "wasm-bindgen.github.io",
    "webkit.org",
    "whatwg.org",
    "wikidata.org",
    "wikipedia.org",
    "wikimedia.org",
    "wolfram.com",
    "x.org",
    "xmlsoft.org",
    "yaml.org",
    "zlib.net",
    "zulipchat.com",
];
/// First labels of hosts that publish documentation.
const DOCUMENTATION: &[&str] =
    &["docs", "doc", "developer", "developers", "man", "wiki", "api-docs", "manual", "schemas", "bugs", "bugzilla", "archive"];
/// Parts of paths behind which a person stands.
const PEOPLE: &[&str] = &[
    "user",
    "users",
    "u",
    "people",
    "profile",
    "profiles",
    "in",
    "author",
    "authors",
    "member",
    "members",
    "patient",
    "patients",
    "pt",
    "account",
    "accounts",
    "staff",
    "person",
    "contributor",
    "contributors",
    "wiki/user:",
];

/// Whether the address is one of a public work. `address` may start with a scheme.
pub(super) fn is_public(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host_end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    // `https://jane@example.com/`
    if host.contains('@') {
        return false;
    }
    let parts = || path.split(['/', '?', '#']).filter(|part| !part.is_empty());
    let personal = parts().any(|part| part.starts_with(['~', '@']) || part.contains('@') || is_any(part, PEOPLE));
    if personal {
        return false;
    }
    if under(host, FORGES) {
        return parts().count() >= 2;
    }
    under(host, PUBLISHERS)
        || host.split_once('.').is_some_and(|(first, rest)| rest.contains('.') && is_any(first, DOCUMENTATION))
}

fn is_any(part: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(part))
}

/// Whether the host is one of the sites or below one.
fn under(host: &str, sites: &[&str]) -> bool {
    sites.iter().any(|site| {
        host.len().checked_sub(site.len()).is_some_and(|lead| {
            host.get(lead..).is_some_and(|tail| tail.eq_ignore_ascii_case(site))
                && (lead == 0 || host.as_bytes()[lead - 1] == b'.')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn works_and_people() {
        for work in [
            "https://docs.rs/serde/latest",
            "http://www.w3.org/2000/svg",
            "https://github.com/acme/tool/issues/12",
            "docs.acme.test/x",
        ] {
            assert!(is_public(work), "{work}");
        }
        for other in [
            "https://github.com/jane",
            "https://wiki.debian.org/users/jane",
            "https://docs.rs/~jane",
            "https://notdocs.rs/x",
            "https://acme.test/",
        ] {
            assert!(!is_public(other), "{other}");
        }
    }
}
