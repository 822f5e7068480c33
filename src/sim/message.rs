//! Requests and answers as text, as HTTP/1.1 writes them: how the simulated Azure is spoken to from another
//! WebAssembly, which shares no memory with it.
//!
//! ```text
//! POST https://management.azure.com/…      350 202        how long it takes in milliseconds, the status
//! name: value                              Name: value
//!
//! body                                     body
//! ```
//!
//! Where no answer comes there is a word in place of the status: `offline`, `long` for one that is longer than any
//! that Azure gives, or none.

use super::{Azure, Reply};
use crate::azure::http::{ArmUrl, Method, Request, Unreachable};
use crate::moment::Moment;

/// The Resource Manager of the one cloud that is simulated.
const ARM_HOST: &str = "management.azure.com";

impl Azure {
    /// Answers a request that arrives now. What is no request gets no answer, at once.
    pub fn answer_message(&mut self, now: Moment, request: &str) -> String {
        match read(request) {
            Some(request) => write(self.answer(now, &request)),
            None => "0".to_string(),
        }
    }
}

fn read(message: &str) -> Option<Request> {
    let (head, body) = message.split_once("\n\n").unwrap_or((message, ""));
    let mut lines = head.lines();
    let (method, url) = lines.next()?.split_once(' ')?;
    let method = [Method::Get, Method::Post, Method::Put].into_iter().find(|m| m.as_str() == method)?;
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_string(), value.to_string()));
    Some(Request {
        method,
        url: ArmUrl::admit(ARM_HOST, url, None).ok()?,
        headers: lines.filter_map(header).collect(),
        body: (!body.is_empty()).then(|| body.to_string()),
    })
}

fn write(reply: Reply) -> String {
    let mut message = reply.takes.millis().to_string();
    let mut add = |parts: [&str; 4]| parts.iter().for_each(|part| message.push_str(part));
    let response = match reply.outcome {
        Ok(response) => response,
        Err(why) => {
            let word = match why {
                Unreachable::Offline => " offline",
                Unreachable::TooLong => " long",
                _ => "",
            };
            add([word, "", "", ""]);
            return message;
        }
    };
    add([" ", &response.status.to_string(), "", ""]);
    for (name, value) in &response.headers {
        add(["\n", name, ": ", value]);
    }
    add(["\n\n", &response.body, "", ""]);
    message
}
