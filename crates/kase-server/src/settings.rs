//! The settings: flags, else the environment's `KASE_…`, else the file that `--config` names, else what is usual.
//! Bad ones are refused with one line that names the setting.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use serde::Deserialize;

/// What the server is told at its start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The folder of the databases.
    pub data: PathBuf,
    /// The database file, where it is not in the folder.
    pub database: Option<PathBuf>,
    /// What this process is.
    pub role: Role,
    /// Where headquarters is, for a channel that runs apart.
    pub headquarters_url: Option<String>,
    /// The channel's credential, for a channel that runs apart.
    pub enrolment: Option<Enrolment>,
    /// Certificate and key.
    pub tls: Option<TlsFiles>,
    /// Make the demo chain.
    pub demo: bool,
    /// How to log.
    pub log: LogFormat,
}

/// What a process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Headquarters and all its channels.
    All,
    /// One channel.
    Channel,
    /// Headquarters alone.
    Headquarters,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: a JSON object a line.
    Json,
}

/// A channel's credential: `<channel>.<secret>`.
#[derive(Clone)]
pub struct Enrolment {
    /// Which channel.
    pub channel: String,
    /// Its secret.
    pub secret: String,
}

/// PEM files.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The certificate, and those between it and a root.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why the server does not start.
#[derive(Debug)]
pub enum Refusal {
    /// A setting is bad: one line that names it.
    Bad(String),
    /// No setting but a question: help, or the version.
    Answer(clap::Error),
}

#[derive(Debug, Default, Parser)]
#[command(
    name = "kase-server",
    version,
    about = "Kase's server: headquarters, channels, the point of sale",
    after_help = "kase-server backup, restore and import copy, bring back and take in data: kase-server backup --help"
)]
struct Arguments {
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, env = "KASE_LISTEN", value_name = "ADDRESS")]
    listen: Option<String>,
    /// The folder of the databases [default: var]
    #[arg(long, env = "KASE_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// The database, where it is not in the folder: a SQLite path
    #[arg(long, env = "KASE_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    database_url: Option<String>,
    /// What this process is [default: all]
    #[arg(long, env = "KASE_ROLE", value_name = "ROLE")]
    role: Option<Role>,
    /// Where headquarters is, for a channel that runs apart
    #[arg(long, env = "KASE_HEADQUARTERS_URL", value_name = "URL")]
    headquarters_url: Option<String>,
    /// The credential of a channel that runs apart: its id, a dot, and the secret headquarters made
    #[arg(long, env = "KASE_ENROLMENT", value_name = "SECRET", hide_env_values = true)]
    enrolment: Option<String>,
    /// PEM file of the certificate
    #[arg(long, env = "KASE_TLS_CERT", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// PEM file of the certificate's key
    #[arg(long, env = "KASE_TLS_KEY", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// Make the demo chain; listens on loopback only
    #[arg(long, env = "KASE_DEMO", num_args = 0..=1, default_missing_value = "true")]
    demo: Option<bool>,
    /// A TOML file with these settings, named as the flags are, with underscores
    #[arg(long, env = "KASE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// How to log to stderr [default: text]
    #[arg(long, env = "KASE_LOG", value_name = "FORMAT")]
    log: Option<LogFormat>,
}

/// The file's settings; the same names as the flags.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    listen: Option<String>,
    data: Option<PathBuf>,
    database_url: Option<String>,
    role: Option<Role>,
    headquarters_url: Option<String>,
    enrolment: Option<String>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    demo: Option<bool>,
    log: Option<LogFormat>,
}

impl Settings {
    /// Reads and checks all of it.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Refusal> {
        let flags = Arguments::try_parse_from(arguments).map_err(Refusal::of_clap)?;
        let file = match &flags.config {
            Some(path) => File::read(path)?,
            None => File::default(),
        };
        Self::check(flags, file)
    }

    fn check(flags: Arguments, file: File) -> Result<Self, Refusal> {
        let listen = flags.listen.or(file.listen).unwrap_or_else(|| "127.0.0.1:8080".into());
        let listen: SocketAddr = listen
            .replace("localhost", "127.0.0.1")
            .parse()
            .map_err(|_| bad("--listen", format!("{listen} is no address with a port")))?;
        let role = flags.role.or(file.role).unwrap_or(Role::All);
        let demo = flags.demo.or(file.demo).unwrap_or(false);
        if demo && !listen.ip().is_loopback() {
            return Err(bad("--demo", format!("its codes are public, so it does not listen on {listen}")));
        }
        let enrolment = flags.enrolment.or(file.enrolment).map(|text| Enrolment::parse(&text)).transpose()?;
        let headquarters_url = flags.headquarters_url.or(file.headquarters_url);
        let headquarters_url = headquarters_url.map(check_url).transpose()?;
        match role {
            Role::Channel if headquarters_url.is_none() => {
                return Err(bad("--headquarters-url", "a channel that runs apart needs it"));
            }
            Role::Channel if enrolment.is_none() => {
                return Err(bad("--enrolment", "a channel that runs apart needs it"));
            }
            Role::All | Role::Headquarters if headquarters_url.is_some() => {
                return Err(bad("--headquarters-url", "only a channel that runs apart takes it"));
            }
            Role::All | Role::Headquarters if enrolment.is_some() => {
                return Err(bad("--enrolment", "only a channel that runs apart takes it"));
            }
            _ => {}
        }
        let tls = match (flags.tls_cert.or(file.tls_cert), flags.tls_key.or(file.tls_key)) {
            (None, None) => None,
            (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
            (Some(_), None) => return Err(bad("--tls-key", "a certificate needs its key")),
            (None, Some(_)) => return Err(bad("--tls-cert", "a key needs its certificate")),
        };
        let database =
            flags.database_url.or(file.database_url).map(|url| check_database(&url)).transpose()?;
        Ok(Self {
            listen,
            data: flags.data.or(file.data).unwrap_or_else(|| "var".into()),
            database,
            role,
            headquarters_url,
            enrolment,
            tls,
            demo,
            log: flags.log.or(file.log).unwrap_or(LogFormat::Text),
        })
    }
}

impl File {
    fn read(path: &Path) -> Result<Self, Refusal> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| bad("--config", format!("{}: {error}", path.display())))?;
        toml::from_str(&text).map_err(|error| {
            let words = error.message().replace('\n', " ");
            bad("--config", format!("{}: {words}", path.display()))
        })
    }
}

impl Enrolment {
    fn parse(text: &str) -> Result<Self, Refusal> {
        match text.trim().rsplit_once('.') {
            Some((channel, secret)) if !channel.is_empty() && !secret.is_empty() => {
                Ok(Self { channel: channel.to_owned(), secret: secret.to_owned() })
            }
            _ => Err(bad("--enrolment", "it is the channel's id, a dot, and the secret")),
        }
    }
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Enrolment").field("channel", &self.channel).finish_non_exhaustive()
    }
}

impl Refusal {
    pub(crate) fn of_clap(error: clap::Error) -> Self {
        if error.use_stderr() {
            let text = error.to_string();
            let mut lines = text.lines().map(str::trim);
            let mut line = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            if line.ends_with(':') {
                // What it is about stands below.
                let named: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
                line = format!("{line} {}", named.join(" "));
            }
            Self::Bad(line)
        } else {
            Self::Answer(error)
        }
    }

    /// The line of a bad setting.
    pub(crate) fn line(self) -> String {
        match self {
            Self::Bad(line) => line,
            Self::Answer(answer) => answer.to_string(),
        }
    }

    /// Says it: a bad setting in one line on stderr.
    pub fn tell(&self) {
        match self {
            Self::Bad(line) => eprintln!("kase-server: {line}"),
            Self::Answer(answer) => drop(answer.print()),
        }
    }

    /// What the shell is told, where it is not that a setting is bad.
    pub fn exit_status(&self) -> Option<u8> {
        matches!(self, Self::Answer(_)).then_some(0)
    }
}

fn bad(setting: &str, reason: impl std::fmt::Display) -> Refusal {
    Refusal::Bad(format!("{setting}: {reason}"))
}

pub(crate) fn check_url(url: String) -> Result<String, Refusal> {
    let is_http = url.starts_with("http://") || url.starts_with("https://");
    match url.parse::<axum::http::Uri>() {
        Ok(uri) if is_http && uri.host().is_some() => Ok(url.trim_end_matches('/').to_owned()),
        _ => Err(bad("--headquarters-url", format!("{url} is no http:// or https:// address"))),
    }
}

fn check_database(url: &str) -> Result<PathBuf, Refusal> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Err(bad("--database-url", "PostgreSQL is not supported yet; give a SQLite path"));
    }
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    match path {
        "" => Err(bad("--database-url", "it names no file")),
        path if path.contains("://") => Err(bad("--database-url", "it is a SQLite path")),
        path => Ok(path.into()),
    }
}

#[cfg(test)]
mod tests;
