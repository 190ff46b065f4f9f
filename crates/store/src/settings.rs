//! The installation's own settings: a key and a text each.

use crate::{Row, Tx, sql};
use kernel::Fault;

impl Tx<'_> {
    /// A setting, if it was ever set.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn setting(&mut self, key: &str) -> Result<Option<String>, Fault> {
        self.maybe(sql!("select value from installation where key = $1"), &[&key], Row::take)
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), Fault> {
        self.run(
            sql!(
                "insert into installation (key, value) values ($1, $2)
                 on conflict (key) do update set value = $2"
            ),
            &[&key, &value],
        )
        .map(drop)
    }

    /// A setting, set to `first` if it never was: for secrets that are made once.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn setting_or(&mut self, key: &str, first: &str) -> Result<String, Fault> {
        if let Some(value) = self.setting(key)? {
            return Ok(value);
        }
        self.set(key, first)?;
        Ok(first.to_owned())
    }
}
