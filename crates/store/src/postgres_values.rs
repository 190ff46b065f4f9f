//! Values on their way to PostgreSQL and back.

use crate::Value;
use bytes::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

type Bytes = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Bytes> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Text(text) => text.as_ref().to_sql(&Type::TEXT, out),
            Value::Int(number) => int_to_sql(*number, kind, out),
            Value::Bool(truth) => truth.to_sql(kind, out),
            Value::Double(number) => number.to_sql(kind, out),
            Value::Blob(bytes) => bytes.as_ref().to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn int_to_sql(number: i64, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Bytes> {
    match *kind {
        Type::INT2 => i16::try_from(number)?.to_sql(kind, out),
        Type::INT4 => i32::try_from(number)?.to_sql(kind, out),
        Type::INT8 => number.to_sql(kind, out),
        Type::BOOL => (number != 0).to_sql(kind, out),
        #[expect(clippy::cast_precision_loss, reason = "only a restored double column takes this way")]
        Type::FLOAT8 => (number as f64).to_sql(kind, out),
        _ => Err(format!("a whole number can't stand in a column of type {kind}").into()),
    }
}

impl<'a> FromSql<'a> for Value<'static> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Bytes> {
        Ok(match *kind {
            Type::INT2 => Value::Int(i16::from_sql(kind, raw)?.into()),
            Type::INT4 => Value::Int(i32::from_sql(kind, raw)?.into()),
            Type::INT8 => Value::Int(i64::from_sql(kind, raw)?),
            Type::BOOL => Value::Bool(bool::from_sql(kind, raw)?),
            Type::FLOAT8 => Value::Double(f64::from_sql(kind, raw)?),
            Type::BYTEA => Value::Blob(Vec::<u8>::from_sql(kind, raw)?.into()),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME => {
                Value::Text(String::from_sql(kind, raw)?.into())
            }
            _ => return Err(format!("columns of type {kind} are not used here").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Bytes> {
        Ok(Value::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
