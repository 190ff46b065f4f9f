//! A row, read column by column from the left.

use crate::{Column, Statement, Value};
use kernel::Fault;

/// One row of an answer. [`Row::take`] reads the next column, so a struct is filled in the order of its select.
#[derive(Debug)]
pub struct Row {
    values: std::vec::IntoIter<Value<'static>>,
    place: &'static str,
    taken: usize,
}

impl Row {
    pub(crate) fn new(values: Vec<Value<'static>>, statement: &Statement) -> Self {
        Self { values: values.into_iter(), place: statement.place, taken: 0 }
    }

    /// The next column.
    ///
    /// # Errors
    /// A fault when the row has no further column or the column is of another kind.
    pub fn take<C: Column>(&mut self) -> Result<C, Fault> {
        self.taken += 1;
        let wanted = std::any::type_name::<C>();
        let value = self.values.next().ok_or_else(|| self.mismatch("nothing", wanted))?;
        let found = value.kind();
        C::from_value(value).ok_or_else(|| self.mismatch(found, wanted))
    }

    fn mismatch(&self, found: &str, wanted: &str) -> Fault {
        Fault::new(format!("{}: column {} holds {found}, not {wanted}", self.place, self.taken))
    }
}
