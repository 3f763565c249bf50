//! The stores are apart: separate files, or schemas that only their own role can read.

use sqlx::{Connection, Executor};
use vault::Store;

use crate::place::Place;
use crate::types::create;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_has_a_file_a_store() {
    let place = Place::sqlite();
    let vault = place.open().await;
    create(&vault, "r1", "x").await;
    vault.close().await;
    for store in Store::ALL {
        assert!(place.data().join(format!("{store}.db")).exists());
        assert!(place.keys().join(format!("ledger/{store}.db")).exists());
    }
    assert_eq!(
        place
            .number(Store::K1, "SELECT count(*) FROM records")
            .await,
        1
    );
    assert_eq!(
        place
            .number(Store::K2, "SELECT count(*) FROM records")
            .await,
        0
    );
}

/// Logs in as the role of each schema and tries every other schema, the keys of its own store included.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_roles_reach_only_their_own_schema() {
    let Some(place) = Place::postgres().await else {
        return;
    };
    let vault = place.open().await;
    create(&vault, "r1", "x").await;
    let schemas: Vec<String> = Store::ALL
        .into_iter()
        .flat_map(|s| [s.name().to_owned(), format!("{s}_keys")])
        .collect();
    let logins = logins(&place).await;
    assert_eq!(logins.len(), schemas.len());
    let mut refusals = 0;
    for (own, options) in &logins {
        let mut conn = sqlx::PgConnection::connect_with(options).await.unwrap();
        for schema in &schemas {
            let table = if schema.ends_with("_keys") {
                "wraps"
            } else {
                "records"
            };
            let sql = format!("SELECT count(*) FROM {schema}.{table}");
            let read = conn.execute(sqlx::AssertSqlSafe(sql)).await;
            assert_eq!(read.is_ok(), schema == own, "{own} reading {schema}");
            refusals += u32::from(read.is_err());
            if schema != own {
                let made = format!("CREATE TABLE {schema}.own (x int)");
                assert!(conn.execute(sqlx::AssertSqlSafe(made)).await.is_err());
                let become_other = format!("SET ROLE {}", role_of(&logins, schema));
                assert!(
                    conn.execute(sqlx::AssertSqlSafe(become_other))
                        .await
                        .is_err()
                );
            }
        }
        conn.close().await.unwrap();
    }
    assert_eq!(refusals, 18 * 17);
    // A password that is not the derived one is refused.
    let (_, options) = &logins[0];
    let wrong = options.clone().password("guess");
    assert!(sqlx::PgConnection::connect_with(&wrong).await.is_err());
    vault.close().await;
}

type Login = (String, sqlx::postgres::PgConnectOptions);

fn role_of(logins: &[Login], schema: &str) -> String {
    let (_, options) = logins.iter().find(|(own, _)| own == schema).unwrap();
    options.get_username().to_owned()
}

/// How the vault itself logs in: the schema's owner, with a password that is set here, since the derived one is
/// the vault's secret.
async fn logins(place: &Place) -> Vec<Login> {
    use sqlx::Row;
    use std::str::FromStr;
    let url = place.url.as_ref().unwrap();
    let mut admin = sqlx::PgConnection::connect(url).await.unwrap();
    let sql = "SELECT n.nspname::text, r.rolname::text, r.rolsuper, r.rolcanlogin FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE r.rolname LIKE 'samen%'";
    let rows = admin.fetch_all(sql).await.unwrap();
    let mut out = Vec::new();
    for row in rows {
        let (schema, role): (String, String) = (row.get(0), row.get(1));
        assert!(!row.get::<bool, _>(2) && row.get::<bool, _>(3));
        let set = format!("ALTER ROLE {role} PASSWORD 'known'");
        admin.execute(sqlx::AssertSqlSafe(set)).await.unwrap();
        let options = sqlx::postgres::PgConnectOptions::from_str(url)
            .unwrap()
            .username(&role)
            .password("known");
        out.push((schema, options));
    }
    admin.close().await.unwrap();
    out
}

/// A database dropped and made again under its name, with new keys: the roles left over are taken over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_made_again_gets_new_passwords() {
    let Some(place) = Place::postgres().await else {
        return;
    };
    place.open().await.close().await;
    let url = place.url.clone().unwrap();
    let (server, name) = url.rsplit_once('/').unwrap();
    let mut admin = sqlx::PgConnection::connect(&format!("{server}/postgres"))
        .await
        .unwrap();
    for sql in [
        format!("DROP DATABASE {name} WITH (FORCE)"),
        format!("CREATE DATABASE {name}"),
    ] {
        admin.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
    }
    admin.close().await.unwrap();
    let again = Place {
        dir: tempfile::tempdir().unwrap(),
        url: Some(url),
    };
    let vault = again.open().await;
    create(&vault, "r1", "x").await;
    vault.close().await;
}
