//! Rule: vendors, to whom cases of a client are escalated: makers, repair depots, software houses.

use kernel::{ClientId, EmailAddress, Instant, Kind, LanguageTag, Refused, Stop, VendorId};

/// The longest that a vendor's name may be, in characters.
const LONGEST_NAME: usize = 120;

/// A vendor whom a client knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vendor {
    /// The vendor.
    pub id: VendorId,
    /// The client who knows it.
    pub client: ClientId,
    /// Its name.
    pub name: String,
    /// The address that it is written to.
    pub address: EmailAddress,
    /// The language in which it is written to.
    pub language: LanguageTag,
    /// Its country, as ISO 3166-1 alpha-2; may be empty.
    pub country: String,
    /// When it was removed: earlier escalations still name it.
    pub removed_at: Option<Instant>,
}

/// Why something about a vendor was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VendorRefusal {
    /// There is no such vendor, or it isn't theirs to see.
    NotFound,
    /// It has no name, or one that is too long.
    Unnamed,
    /// Its address isn't an e-mail address.
    NotAnAddress,
    /// Its country isn't a code of two letters.
    NotACountry,
    /// Its address is a mailbox of ours.
    OurOwn,
}

impl From<VendorRefusal> for Refused {
    fn from(refusal: VendorRefusal) -> Self {
        use VendorRefusal as R;
        let (kind, code, sentence, hint) = match refusal {
            R::NotFound => {
                (Kind::NotFound, "vendor.not_found", "There is no such vendor, or it isn't yours to see.", "")
            }
            R::Unnamed => (
                Kind::Invalid,
                "vendor.unnamed",
                "The vendor's name is missing or longer than 120 characters.",
                "Write the name by which your colleagues know it.",
            ),
            R::NotAnAddress => (
                Kind::Invalid,
                "vendor.not_an_address",
                "This is not an e-mail address.",
                "It should look like rma@example.com: escalated cases are sent there.",
            ),
            R::NotACountry => (
                Kind::Invalid,
                "vendor.not_a_country",
                "The country can't be read.",
                "Write its two letters, as DE, or leave it empty.",
            ),
            R::OurOwn => (
                Kind::Invalid,
                "vendor.our_own",
                "This is the address of a mailbox here.",
                "Write the vendor's own address.",
            ),
        };
        Self::new(kind, code, sentence).hint(hint)
    }
}

impl From<VendorRefusal> for Stop {
    fn from(refusal: VendorRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}

impl Vendor {
    /// A vendor as somebody described it.
    ///
    /// # Errors
    /// [`VendorRefusal::Unnamed`], [`VendorRefusal::NotAnAddress`], [`VendorRefusal::NotACountry`].
    pub fn filled_in(
        id: VendorId,
        client: ClientId,
        name: &str,
        address: &str,
        language: LanguageTag,
        country: &str,
    ) -> Result<Self, VendorRefusal> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(VendorRefusal::Unnamed);
        }
        let address = address.parse().map_err(|_| VendorRefusal::NotAnAddress)?;
        let country = country.trim().to_uppercase();
        let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        if !country.is_empty() && !is_code {
            return Err(VendorRefusal::NotACountry);
        }
        Ok(Self { id, client, name, address, language, country, removed_at: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendor_has_a_name_an_address_and_perhaps_a_country() {
        use VendorRefusal as R;
        let (id, client) = (uuid(1), uuid(2));
        let check = |name: &str, address: &str, country: &str, expected: Result<(&str, &str), R>| {
            let language = "de".parse().unwrap();
            let made = Vendor::filled_in(
                id.parse().unwrap(),
                client.parse().unwrap(),
                name,
                address,
                language,
                country,
            );
            let made = made.map(|vendor| (vendor.name, vendor.country));
            let expected = expected.map(|(name, country)| (name.to_owned(), country.to_owned()));
            assert_eq!(made, expected, "{name} {address} {country}");
        };
        let address = "rma@norfab.example";
        check("  Norfab \n Repairs ", address, " de", Ok(("Norfab Repairs", "DE")));
        check("Norfab", address, "", Ok(("Norfab", "")));
        check(" ", address, "", Err(R::Unnamed));
        check(&"x".repeat(121), address, "", Err(R::Unnamed));
        check("Norfab", "norfab", "", Err(R::NotAnAddress));
        check("Norfab", address, "DEU", Err(R::NotACountry));
        check("Norfab", address, "D1", Err(R::NotACountry));
    }

    fn uuid(nth: u8) -> String {
        format!("{nth:032x}")
    }
}
