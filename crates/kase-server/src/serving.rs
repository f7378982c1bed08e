//! Listening and serving, until SIGTERM or Ctrl-C; then a clean stop: streams end, requests are answered, links
//! come to rest, databases close.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use kase_service::Shutdown;

use crate::installation::Installation;
use crate::settings::{Settings, TlsFiles};
use crate::{ServerError, routes};

/// Headers of one request at most. With more the HTTP library hangs up without a word of ours.
const MOST_HEADERS: usize = 256;

/// Who begins a request and does not go on is hung up on after that.
const HEADERS_TIMEOUT: Duration = Duration::from_secs(30);

/// Requests that are not answered by then are cut off.
const STOP_TIMEOUT: Duration = Duration::from_secs(10);

/// Serves until it is told to stop.
pub async fn run(settings: Settings) -> Result<(), ServerError> {
    // A process that embeds this twice has installed it already, and that is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let stop = stop_signal()?;
    let tls = match &settings.tls {
        Some(files) => Some(read_tls(files).await?),
        None => None,
    };
    let listener = TcpListener::bind(settings.listen)
        .map_err(|error| ServerError::setting("--listen", format!("{}: {error}", settings.listen)))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let (trigger, shutdown) = Shutdown::new();
    let mut installation = Installation::open(&settings, &shutdown).await?;
    tell_first_administrator(&settings, &installation).await?;
    let router = routes::router(&installation, &shutdown);
    installation.drive(&shutdown);

    let handle = Handle::new();
    let serving = tokio::spawn(serve(listener, tls.clone(), router, handle.clone()));
    if handle.listening().await.is_some() {
        let scheme = if tls.is_some() { "https" } else { "http" };
        say(&format!("listening on {scheme}://{address}"));
        stop.await;
    }
    tracing::info!("stopping");
    trigger.begin();
    handle.graceful_shutdown(Some(STOP_TIMEOUT));
    let served = serving.await.map_err(std::io::Error::other)?;
    installation.close().await;
    tracing::info!("stopped");
    Ok(served?)
}

async fn serve(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    router: Router,
    handle: Handle<SocketAddr>,
) -> std::io::Result<()> {
    let service = router.into_make_service();
    match tls {
        Some(config) => {
            let mut server = axum_server::from_tcp_rustls(listener, config)?.handle(handle);
            server.http_builder().http1().max_headers(MOST_HEADERS).header_read_timeout(HEADERS_TIMEOUT);
            server.serve(service).await
        }
        None => {
            let mut server = axum_server::from_tcp(listener)?.handle(handle);
            server.http_builder().http1().max_headers(MOST_HEADERS).header_read_timeout(HEADERS_TIMEOUT);
            server.serve(service).await
        }
    }
}

async fn read_tls(files: &TlsFiles) -> Result<RustlsConfig, ServerError> {
    for (setting, file) in [("--tls-cert", &files.certificate), ("--tls-key", &files.key)] {
        std::fs::File::open(file)
            .map_err(|error| ServerError::setting(setting, format!("{}: {error}", file.display())))?;
    }
    RustlsConfig::from_pem_file(&files.certificate, &files.key)
        .await
        .map_err(|error| ServerError::setting("--tls-cert", error))
}

/// The first start without the demo chain says how the first administrator is made.
async fn tell_first_administrator(
    settings: &Settings,
    installation: &Installation,
) -> Result<(), ServerError> {
    let Some(headquarters) = installation.headquarters.as_ref().filter(|_| !settings.demo) else {
        return Ok(());
    };
    if let Some(code) = Arc::clone(headquarters).first_administrator_code().await? {
        say(&format!("one-time code for the first administrator: {code}"));
    }
    Ok(())
}

/// One line on stdout, at once, for whoever waits for it. That nobody reads it is no reason to stop.
fn say(line: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
}

#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>, ServerError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>, ServerError> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
