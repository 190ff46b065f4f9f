//! Rule: customers as plain values.

use kernel::{ClientId, CustomerId, EmailAddress, LanguageTag};

/// Somebody who uses a client's product. The same person at two clients is two customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The customer.
    pub id: CustomerId,
    /// The client whose customer it is.
    pub client: ClientId,
    /// Their name as they wrote it; may be empty.
    pub name: String,
    /// The language that they write, as far as known.
    pub language: LanguageTag,
    /// The addresses that they wrote from.
    pub addresses: Vec<EmailAddress>,
}

impl Customer {
    /// What to call them on a page: the name, or the address where there is none.
    pub fn shown(&self) -> String {
        match self.addresses.first() {
            Some(address) if self.name.is_empty() => address.to_string(),
            _ => self.name.clone(),
        }
    }
}
