//! Whether a PostgreSQL server answers, asked once before anything waits for it: a pool would try for half a minute and then
//! say only that its time was over.

use std::io;
use std::str::FromStr;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;

use crate::Error;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connects once and leaves.
///
/// # Errors
/// `Unreachable` with where the server was looked for and why it did not answer; never the user or the password.
pub(crate) async fn answers(url: &str) -> Result<(), Error> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| Error::Settings("the address is no address of PostgreSQL".into()))?;
    let why = match tokio::time::timeout(PATIENCE, options.connect()).await {
        Ok(Ok(connection)) => {
            // it has served; that it ends politely or not is the same
            let _ = sqlx::Connection::close(connection).await;
            return Ok(());
        }
        Ok(Err(error)) => reason(&error),
        Err(_) => format!("no answer within {} seconds", PATIENCE.as_secs()),
    };
    Err(Error::Unreachable(format!("{}: {why}", place(&options))))
}

/// Where the server is looked for.
fn place(options: &PgConnectOptions) -> String {
    match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    }
}

fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            "connection refused".into()
        }
        sqlx::Error::Io(error) => error.to_string(),
        // what the server itself says, such as of a wrong password or a database that is not there
        sqlx::Error::Database(error) => error.message().to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_by_host_and_port_or_by_its_socket_and_never_with_a_password() {
        for (url, named) in [
            (
                "postgres://me:geheim@db.example:6543/weige",
                "db.example:6543",
            ),
            ("postgres://me:geheim@db.example/weige", "db.example:5432"),
            ("postgres://me:geheim@%2Frun%2Fpg/weige", "/run/pg"),
        ] {
            let options = PgConnectOptions::from_str(url).expect("an address");
            assert_eq!(place(&options), named);
        }
    }
}
