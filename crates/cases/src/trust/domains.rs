//! Rule: which domains belong to the same organisation, by the Public Suffix List.

/// The part of a domain that somebody registered: `mail.shop.co.uk` is `shop.co.uk`. A domain that is itself a public suffix, and one
/// that the list doesn't know to be registered, stays as it is.
pub fn organisational_domain(domain: &str) -> String {
    let domain = ascii(domain);
    psl::domain_str(&domain).map_or_else(|| domain.clone(), ToOwned::to_owned)
}

/// Both domains belong to the same organisation. Nothing belongs to an empty one.
pub fn same_organisation(one: &str, other: &str) -> bool {
    !one.is_empty() && organisational_domain(one) == organisational_domain(other)
}

/// A domain as the DNS writes it.
pub(super) fn ascii(domain: &str) -> String {
    let domain = domain.trim_end_matches('.');
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(same_organisation(one, other), expected, "{one} and {other}");
    }

    #[test]
    fn organisations_end_where_the_public_suffix_begins() {
        check("aurora.example", "mail.aurora.example", true);
        check("Mail.Aurora.Example.", "aurora.example", true);
        check("a.co.uk", "b.co.uk", false);
        check("shop.co.uk", "www.shop.co.uk", true);
        check("one.github.io", "other.github.io", false);
        check("aurora.example", "notaurora.example", false);
        check("aurora.example", "aurora.example.evil.com", false);
        check("bücher.example", "xn--bcher-kva.example", true);
        check("localhost", "localhost", true);
        check("", "", false);
        check("com", "net", false);
    }
}
