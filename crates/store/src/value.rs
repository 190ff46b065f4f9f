//! Values on their way into and out of a statement.

use kernel::{BlobHash, EmailAddress, Instant, LanguageTag};
use std::borrow::Cow;

/// One value of one of the column kinds: text, bigint, boolean, double, blob.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number; SQLite gives booleans as 0 and 1.
    Int(i64),
    /// True or false.
    Bool(bool),
    /// A floating-point number.
    Double(f64),
    /// Bytes.
    Blob(Cow<'a, [u8]>),
}

impl Value<'_> {
    /// The same, borrowing nothing.
    pub(crate) fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) => Value::Text(text.into_owned().into()),
            Self::Int(number) => Value::Int(number),
            Self::Bool(truth) => Value::Bool(truth),
            Self::Double(number) => Value::Double(number),
            Self::Blob(bytes) => Value::Blob(bytes.into_owned().into()),
        }
    }

    /// The kind of the value, for a fault: never the value itself, which may be a customer's words.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Text(_) => "a text",
            Self::Int(_) => "a number",
            Self::Bool(_) => "a boolean",
            Self::Double(_) => "a double",
            Self::Blob(_) => "a blob",
        }
    }
}

/// What can be handed to a statement.
pub trait Param {
    /// The value.
    fn value(&self) -> Value<'_>;
}

/// What can be read from a row.
pub trait Column: Sized {
    /// Takes the value; `None` when it is of another kind.
    fn from_value(value: Value<'static>) -> Option<Self>;
}

impl Param for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self.into())
    }
}

impl Param for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self.as_str().into())
    }
}

impl Column for String {
    fn from_value(value: Value<'static>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }
}

impl Param for i64 {
    fn value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}

impl Column for i64 {
    fn from_value(value: Value<'static>) -> Option<Self> {
        match value {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }
}

impl Param for bool {
    fn value(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

impl Column for bool {
    fn from_value(value: Value<'static>) -> Option<Self> {
        match value {
            Value::Bool(truth) => Some(truth),
            Value::Int(number) => Some(number != 0),
            _ => None,
        }
    }
}

impl Param for f64 {
    fn value(&self) -> Value<'_> {
        Value::Double(*self)
    }
}

impl Column for f64 {
    fn from_value(value: Value<'static>) -> Option<Self> {
        match value {
            Value::Double(number) => Some(number),
            _ => None,
        }
    }
}

impl Param for [u8] {
    fn value(&self) -> Value<'_> {
        Value::Blob(self.into())
    }
}

impl Param for Vec<u8> {
    fn value(&self) -> Value<'_> {
        Value::Blob(self.as_slice().into())
    }
}

impl Column for Vec<u8> {
    fn from_value(value: Value<'static>) -> Option<Self> {
        match value {
            Value::Blob(bytes) => Some(bytes.into_owned()),
            _ => None,
        }
    }
}

impl Param for Instant {
    fn value(&self) -> Value<'_> {
        Value::Int(self.micros())
    }
}

impl Column for Instant {
    fn from_value(value: Value<'static>) -> Option<Self> {
        i64::from_value(value).map(Self::from_micros)
    }
}

impl<P: Param> Param for Option<P> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Param::value)
    }
}

impl<C: Column> Column for Option<C> {
    fn from_value(value: Value<'static>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => C::from_value(value).map(Some),
        }
    }
}

impl<P: Param + ?Sized> Param for &P {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl Param for BlobHash {
    fn value(&self) -> Value<'_> {
        Value::Text(self.as_str().into())
    }
}

impl Column for BlobHash {
    fn from_value(value: Value<'static>) -> Option<Self> {
        Self::new(&String::from_value(value)?)
    }
}

impl Param for LanguageTag {
    fn value(&self) -> Value<'_> {
        Value::Text(self.as_str().into())
    }
}

impl Param for EmailAddress {
    fn value(&self) -> Value<'_> {
        Value::Text(self.as_str().into())
    }
}

/// Lets types that print and parse as text stand in a column.
#[macro_export]
macro_rules! text_column {
    ($($name:ty),* $(,)?) => {$(
        impl $crate::Column for $name {
            fn from_value(value: $crate::Value<'static>) -> Option<Self> {
                <String as $crate::Column>::from_value(value)?.parse().ok()
            }
        }
    )*};
}

/// Lets types that print as text be handed to a statement.
#[macro_export]
macro_rules! text_param {
    ($($name:ty),* $(,)?) => {$(
        impl $crate::Param for $name {
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Text(self.to_string().into())
            }
        }
    )*};
}

text_column!(LanguageTag, EmailAddress);

macro_rules! word_columns {
    ($($name:ident),* $(,)?) => {$(
        text_column!(kernel::$name);
        text_param!(kernel::$name);
    )*};
}

word_columns!(Channel, Counted, Country, Level, Metric, Party, Priority, Role, Tier);

macro_rules! id_columns {
    ($($name:ident),* $(,)?) => {$(
        text_column!(kernel::$name);
        text_param!(kernel::$name);
    )*};
}

id_columns!(
    CaseId,
    ClientId,
    CustomerId,
    EngagementId,
    EngineId,
    EscalationId,
    EventId,
    HandOverId,
    JobId,
    LeaveId,
    MailboxId,
    MessageId,
    OnCallDutyId,
    PageId,
    PartnerId,
    PermitId,
    PersonId,
    PlaceRequestId,
    RawMailId,
    RememberedId,
    RoutingId,
    SeatId,
    ShiftId,
    TeamId,
    TermId,
    VendorId,
);
