//! How the terms are written into columns and read back. What is no identifier or tag is not read as one.

use std::error::Error;

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};

use crate::{AccountSid, AccountStatus, KeySid, NumberSid, Region, Tag};

macro_rules! as_text {
    ($($name:ident),+) => {
        $(impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        })+
    };
}

as_text!(AccountSid, AccountStatus, KeySid, NumberSid, Region, Tag);

impl FromSql for AccountSid {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(unreadable)
    }
}

impl FromSql for KeySid {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(unreadable)
    }
}

impl FromSql for NumberSid {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(unreadable)
    }
}

impl FromSql for AccountStatus {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(Self::of_word)
    }
}

impl FromSql for Region {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::of_word(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

impl FromSql for Tag {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::parse(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

fn unreadable(error: impl Error + Send + Sync + 'static) -> FromSqlError {
    FromSqlError::Other(Box::new(error))
}
