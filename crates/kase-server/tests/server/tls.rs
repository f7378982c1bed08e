//! HTTPS, with a certificate of the test's own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::StreamExt;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::Method;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;

use crate::app::{TestApp, command, eventually};
use crate::client::{Client, send};
use crate::replication::hints;

/// A certificate for this machine, in files as an operator of a server has them.
struct Files {
    folder: TempDir,
    certificate: PathBuf,
    key: PathBuf,
}

impl Files {
    fn new() -> Self {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".into()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
        std::fs::write(&certificate, cert.pem()).unwrap();
        std::fs::write(&key, signing_key.serialize_pem()).unwrap();
        Self { folder, certificate, key }
    }

    fn arguments(&self) -> [&str; 4] {
        ["--tls-cert", text(&self.certificate), "--tls-key", text(&self.key)]
    }

    /// Somebody who trusts nobody but this certificate: what the client says goes to the server through TLS.
    async fn client(&self, url: &str) -> Client {
        let mut trusted = RootCertStore::empty();
        trusted.add(CertificateDer::from_pem_file(&self.certificate).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let connector =
            TlsConnector::from(Arc::new(config.with_root_certificates(trusted).with_no_client_auth()));
        let server = url.strip_prefix("https://").expect("it is served over TLS").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let near = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut plain, _)) = listener.accept().await {
                let (connector, server) = (connector.clone(), server.clone());
                tokio::spawn(async move {
                    let name = ServerName::try_from("127.0.0.1").unwrap();
                    let far = TcpStream::connect(server).await.unwrap();
                    let mut far = connector.connect(name, far).await.expect("the certificate is trusted");
                    // Either side may hang up.
                    let _ = copy_bidirectional(&mut plain, &mut far).await;
                });
            }
        });
        Client::new(&near)
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test]
async fn with_a_certificate_everything_is_served_over_https_and_stops_cleanly() {
    let files = Files::new();
    let mut arguments = vec!["--demo"];
    arguments.extend(files.arguments());
    let app = TestApp::start_with(&arguments, files.folder.path(), "127.0.0.1:0").await;
    assert!(app.url.starts_with("https://127.0.0.1:"), "{}", app.url);
    let register = files.client(&app.url).await.activate("RIGA-1").await;
    let mut hints = hints(&register).await;
    assert!(hints.next().await.is_some(), "it says hello");

    let plain = app.url.replace("https://", "http://");
    assert!(Client::new(&plain).request(Method::GET, "/health/live").send().await.is_err());
    let (status, _) = app.stop().await;
    assert!(status.success(), "a stop ends open streams: {status}");
}

#[tokio::test]
async fn a_channel_reaches_its_headquarters_over_https() {
    let files = Files::new();
    let mut arguments = vec!["--role", "headquarters", "--demo"];
    arguments.extend(files.arguments());
    let data = tempfile::tempdir().unwrap();
    let headquarters = TestApp::start_with(&arguments, data.path(), "127.0.0.1:0").await;
    let enrolment = files.client(&headquarters.url).await.headquarters().await.enrol("riga-centrs").await;

    let arguments = ["--role", "channel", "--headquarters-url", &headquarters.url, "--enrolment", &enrolment];
    let data = tempfile::tempdir().unwrap();
    // The chain's own authority is trusted as the system's is told to.
    let trust = [("SSL_CERT_FILE", text(&files.certificate))];
    let channel = TestApp::start_in(&arguments, data.path(), "127.0.0.1:0", &trust).await;
    eventually("headquarters", async || {
        let ready = send(channel.client().request(Method::GET, "/health/ready")).await;
        (ready.body["channels"][0]["headquarters"] == "reached").then_some(())
    })
    .await;
}

#[test]
fn a_certificate_that_is_none_is_refused_by_the_name_of_the_setting() {
    let files = Files::new();
    std::fs::write(&files.certificate, "no certificate").unwrap();
    let data = tempfile::tempdir().unwrap();
    let refused = command(&files.arguments())
        .args(["--demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(data.path())
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.lines().count() == 1 && said.contains("--tls-cert"), "{said}");
}
