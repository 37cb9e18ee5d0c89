//! PostgreSQL, by the same query text.
use postgres::types::{IsNull, ToSql, Type, private::BytesMut};
use postgres::{Client, NoTls, Statement, fallible_iterator::FallibleIterator as _};
use std::collections::HashMap;

use super::{Row, Value};
use crate::failure::{Failure, Result};

/// One connection and the statements it has prepared.
pub struct Session {
    client: Client,
    prepared: HashMap<String, Statement>,
}
impl Session {
    pub fn open(url: &str) -> Result<Self> {
        let mut client = Client::connect(url, NoTls)?;
        client.batch_execute("SET statement_timeout = '120s'; SET client_min_messages = warning; SET plan_cache_mode = auto")?;
        Ok(Self { client, prepared: HashMap::new() })
    }
    fn prepare(&mut self, sql: &str) -> Result<Statement> {
        if let Some(known) = self.prepared.get(sql) {
            return Ok(known.clone());
        }
        let fresh = self.client.prepare(sql)?;
        self.prepared.insert(sql.to_owned(), fresh.clone());
        Ok(fresh)
    }
    pub fn each(&mut self, sql: &str, params: &[Value], mut f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
        let statement = self.prepare(sql)?;
        let mut rows = self.client.query_raw(&statement, params.iter().map(|p| p as &(dyn ToSql + Sync)))?;
        let mut going = true;
        // Every row is drained, so that the connection is free for the next statement.
        while let Some(row) = rows.next()? {
            if going {
                going = f(Row((0..row.len()).map(|i| value(&row, i)).collect::<Result<_>>()?))?;
            }
        }
        Ok(())
    }
    pub fn exec(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let statement = self.prepare(sql)?;
        let refs: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as &(dyn ToSql + Sync)).collect();
        Ok(self.client.execute(&statement, &refs)?)
    }
    pub fn batch(&mut self, sql: &str) -> Result<()> {
        Ok(self.client.batch_execute(sql)?)
    }
}
fn value(row: &postgres::Row, i: usize) -> Result<Value> {
    let kind = row.columns().get(i).map(|c| c.type_().clone());
    Ok(match kind {
        Some(Type::INT8) => row.try_get::<_, Option<i64>>(i)?.into(),
        Some(Type::INT4) => row.try_get::<_, Option<i32>>(i)?.map(i64::from).into(),
        Some(Type::BOOL) => row.try_get::<_, Option<bool>>(i)?.into(),
        Some(Type::TEXT | Type::VARCHAR | Type::NAME) => row.try_get::<_, Option<String>>(i)?.into(),
        Some(Type::BYTEA) => row.try_get::<_, Option<Vec<u8>>>(i)?.into(),
        other => return Err(Failure::Fault(format!("column type {other:?}"))),
    })
}
impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, ty) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(n), &Type::INT4) => i32::try_from(*n)?.to_sql(ty, out),
            (Self::Int(n), &Type::INT8) => n.to_sql(ty, out),
            (Self::Text(s), _) => s.to_sql(ty, out),
            (Self::Bytes(b), &Type::BYTEA) => b.to_sql(ty, out),
            (given, ty) => Err(format!("{given:?} does not fit {ty}").into()),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    postgres::types::to_sql_checked!();
}
