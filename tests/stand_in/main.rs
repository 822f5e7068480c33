//! The simulated Azure over plain HTTP on loopback, for end-to-end runs. Here, and only here, it meets a clock.
//!
//! `stand-in --port 0 --speed 60 --answers 60` prints `listening on 127.0.0.1:PORT`. `docs/simulator.md` tells the rest.

use pgflex_restore::azure::http::{ArmUrl, Method, Request, Response, Unreachable};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::sim::{Azure, Reply};
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

struct StandIn {
    azure: Mutex<Azure>,
    log: Mutex<Vec<serde_json::Value>>,
    clock: Mutex<Clock>,
    /// How many times faster answers come than Azure's.
    answers: u32,
}

/// A clock that runs faster than the wall's, or stands still, and can be put forward.
struct Clock {
    began: Moment,
    at: Instant,
    speed: u32,
    ahead: Span,
}

impl Clock {
    fn now(&self) -> Moment {
        let passed = self.at.elapsed().as_millis() as i64 * i64::from(self.speed);
        self.began + Span::from_millis(passed) + self.ahead
    }
}

/// A panic in one thread must not silence the others.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (mut port, mut speed, mut answers) = (0_u16, 1_u32, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} wants a value"))?;
        match name.as_str() {
            "--port" => port = value.parse()?,
            "--speed" => speed = value.parse()?,
            "--answers" => answers = Some(value.parse::<u32>()?.max(1)),
            _ => return Err(format!("{name} is not known: --port N, --speed N, --answers N").into()),
        }
    }
    let server = tiny_http::Server::http(("127.0.0.1", port))?;
    let wall = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as i64;
    let clock = Clock { began: Moment::from_millis(wall), at: Instant::now(), speed, ahead: Span::default() };
    let state = Arc::new(StandIn {
        azure: Mutex::new(Azure::new(None)),
        log: Mutex::default(),
        clock: Mutex::new(clock),
        answers: answers.unwrap_or(speed.max(1)),
    });
    println!("listening on {}", server.server_addr());
    std::io::stdout().flush()?;
    for request in server.incoming_requests() {
        let state = Arc::clone(&state);
        // One that waits must not hold up another.
        std::thread::spawn(move || state.serve(request));
    }
    Ok(())
}

impl StandIn {
    fn serve(&self, mut incoming: tiny_http::Request) {
        let target = incoming.url().to_string();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        match path {
            "/stand-in/log" => {
                let log = serde_json::Value::from(lock(&self.log).clone()).to_string();
                send(incoming, plain(200, log));
            }
            "/stand-in/advance" => {
                let seconds = query.split('&').find_map(|p| p.strip_prefix("seconds=")?.parse().ok());
                let mut clock = lock(&self.clock);
                clock.ahead = Span::from_millis(clock.ahead.millis() + Span::from_secs(seconds.unwrap_or(0)).millis());
                let now = serde_json::json!({ "now": clock.now().iso() }).to_string();
                drop(clock);
                send(incoming, plain(if seconds.is_some() { 200 } else { 400 }, now));
            }
            _ => {
                let mut body = Vec::new();
                let _ = incoming.as_reader().read_to_end(&mut body);
                let body = String::from_utf8_lossy(&body).into_owned();
                self.answer(incoming, &target, body);
            }
        }
    }

    fn answer(&self, incoming: tiny_http::Request, target: &str, body: String) {
        let headers: Vec<(String, String)> = incoming
            .headers()
            .iter()
            .map(|h| (h.field.as_str().as_str().to_string(), h.value.as_str().to_string()))
            .collect();
        let value = |name: &str| headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str());
        let host = value("x-stand-in-host").unwrap_or("management.azure.com").to_string();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        // Names of headers only: values may be tokens.
        lock(&self.log).push(serde_json::json!({
            "method": incoming.method().as_str(),
            "host": host,
            "path": path,
            "query": query,
            "headers": headers.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(),
            "x-ms-client-request-id": value("x-ms-client-request-id"),
            "body": body,
        }));
        let method = match incoming.method() {
            tiny_http::Method::Get => Method::Get,
            tiny_http::Method::Post => Method::Post,
            tiny_http::Method::Put => Method::Put,
            // The preflight that Azure Resource Manager answers for any origin (portaldocs, portalfx-data-loadingdata).
            tiny_http::Method::Options => return send(incoming, preflight()),
            _ => return send(incoming, plain(405, String::new())),
        };
        // Microsoft's clients write two slashes where a resource has no parent; Azure takes them for one.
        let path: String = path.split('/').filter(|s| !s.is_empty()).flat_map(|segment| ["/", segment]).collect();
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        let Ok(url) = ArmUrl::admit("management.azure.com", &format!("https://{host}{path}{query}"), None) else {
            return send(incoming, plain(400, r#"{"error":{"code":"BadRequest","message":"Bad Request"}}"#.into()));
        };
        let request = Request { method, url, headers, body: (!body.is_empty()).then_some(body) };
        let now = lock(&self.clock).now();
        let Reply { outcome, takes } = lock(&self.azure).answer(now, &request);
        std::thread::sleep(Duration::from_millis(takes.millis().max(0) as u64 / u64::from(self.answers)));
        match outcome {
            Ok(response) => send(incoming, response),
            Err(Unreachable::TooLong) => send_endlessly(incoming),
            Err(_) => {
                // The server cannot cut a connection; what is no HTTP makes every client cut it, with no answer read.
                let mut writer = incoming.into_writer();
                let _ = writer.write_all(b"\0no answer\r\n\r\n");
                let _ = writer.flush();
            }
        }
    }
}

fn plain(status: u16, body: String) -> Response {
    Response { status, headers: vec![("Content-Type".into(), "application/json".into())], body }
}

fn preflight() -> Response {
    let allowed = [
        ("Access-Control-Allow-Methods", "GET,POST,PUT,DELETE,PATCH,OPTIONS,HEAD"),
        ("Access-Control-Max-Age", "3600"),
        (
            "Access-Control-Allow-Headers",
            "accept, accept-language, authorization, content-type, x-ms-client-request-id, x-ms-client-session-id, \
             x-ms-effective-locale, x-ms-path-query",
        ),
    ];
    let headers = allowed.map(|(n, v)| (n.to_string(), v.to_string())).to_vec();
    Response { status: 200, headers, body: String::new() }
}

/// How long an answer is that is longer than any that Azure gives, in bytes.
const HUGE: u64 = 50_000_000;

/// Sends the beginning of a list, and then blanks, piece by piece, as long as the other side reads.
fn send_endlessly(incoming: tiny_http::Request) {
    let body = b"{\"value\":[".chain(std::io::repeat(b' ')).take(HUGE);
    let headers = [("Content-Type", "application/json; charset=utf-8"), ("Access-Control-Allow-Origin", "*")];
    let headers =
        headers.iter().filter_map(|(name, value)| tiny_http::Header::from_bytes(*name, *value).ok()).collect();
    let _ = incoming.respond(tiny_http::Response::new(tiny_http::StatusCode(200), headers, body, None, None));
}

fn send(incoming: tiny_http::Request, response: Response) {
    // From bytes: a text would get a Content-Type of its own.
    let mut out = tiny_http::Response::from_data(response.body.into_bytes())
        .with_status_code(response.status)
        .with_chunked_threshold(usize::MAX);
    let mut headers = response.headers;
    // What Azure exposes to a browser is not known; here all that it sends, so that a test may hide what it likes.
    let names: Vec<String> = headers.iter().map(|(n, _)| n.clone()).collect();
    headers.push(("Access-Control-Allow-Origin".into(), "*".into()));
    headers.push(("Access-Control-Expose-Headers".into(), names.join(", ")));
    for (name, value) in &headers {
        // Its length is the server's to tell.
        if let (false, Ok(header)) = (
            name.eq_ignore_ascii_case("content-length"),
            tiny_http::Header::from_bytes(name.as_bytes(), value.as_bytes()),
        ) {
            out.add_header(header);
        }
    }
    // The other side may have gone: that is its business.
    let _ = incoming.respond(out);
}
