//! Requests and answers as values: nothing here sends anything.

use super::id::SubscriptionId;
use std::fmt;

/// The three verbs that this program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Validates, restores, queries.
    Post,
    /// Creates at a known address.
    Put,
}

impl Method {
    /// As HTTP spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
        }
    }
}

/// What is sent to Azure Resource Manager, token and transport apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The verb.
    pub method: Method,
    /// Where to: by its type always Azure.
    pub url: ArmUrl,
    /// Headers besides those of the token and of the transport.
    pub headers: Vec<(String, String)>,
    /// A JSON text, where the call has a body.
    pub body: Option<String>,
}

impl Request {
    /// Whether it asks for a check, which starts nothing: sending it twice does no more than sending it once.
    pub fn is_check(&self) -> bool {
        self.method == Method::Post && self.url.path().ends_with("/validateRestore")
    }

    /// Whether it starts a restore: sending it twice starts two.
    pub fn is_start(&self) -> bool {
        self.method == Method::Post && self.url.path().ends_with("/restore")
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers that the host let this program read: a browser may hide any of them.
    pub headers: Vec<(String, String)>,
    /// The body as text; empty where there is none.
    pub body: String,
}

impl Response {
    /// A header's value, names compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Why there is no answer. Only [`Unreachable::may_have_arrived`] tells whether Azure may have heard the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// The browser says it is offline; nothing was sent.
    Offline,
    /// There is no token to send along, so nothing was sent. Holds the sign-in's own error code.
    SignedOut(String),
    /// The sign-in service gave no token in time, or could not be reached; nothing was sent.
    NoToken,
    /// The last look before sending found that the address is not Azure's, or that the request cannot be put into
    /// HTTP; nothing was sent. [`ArmUrl`] should have made it impossible: a fault of this program.
    Refused,
    /// It was sent, or may have been, and no readable answer came: no network, a cut connection, a refused
    /// redirect, time ran out. Browsers do not tell these apart.
    NoAnswer,
    /// An answer came that is longer than any that Azure gives; it was not read to its end.
    TooLong,
}

impl Unreachable {
    /// Whether Azure may have received the request all the same.
    pub fn may_have_arrived(&self) -> bool {
        matches!(self, Unreachable::NoAnswer | Unreachable::TooLong)
    }
}

/// An address of Azure Resource Manager: the only kind of address a token is ever sent to.
///
/// Outside `azure` it can be made in one way, by [`ArmUrl::admit`], which checks it; inside, it is also put together
/// from typed ids. It is used byte for byte as it was given: the URLs of operations are signed, some 4 KB long, and
/// break when they are taken apart and put together again.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ArmUrl(String);

/// Why an address was not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not `https://`, or with characters that no address of Azure has.
    Form,
    /// Not the Resource Manager of this cloud nor a host below it.
    Host,
    /// Not a path of the kinds that Azure Resource Manager has, or one that climbs.
    Path,
    /// Of another subscription than the one in hand.
    Subscription,
}

impl ArmUrl {
    /// Admits an address if its host is `arm_host` or below it (regional hosts are real:
    /// `eastus2euap.management.azure.com`), over https, without port or user info, with a path that Azure Resource
    /// Manager has. With `within`, a path that names a subscription has to name this one.
    pub fn admit(arm_host: &str, text: &str, within: Option<&SubscriptionId>) -> Result<Self, Refused> {
        // Visible ASCII only: browsers drop tabs and line breaks and turn backslashes and look-alike letters into
        // something else before they look at the host, so what we check would not be where they go.
        if !text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'#') {
            return Err(Refused::Form);
        }
        let rest = text.strip_prefix("https://").ok_or(Refused::Form)?;
        let (host, path_and_query) = rest.split_at(rest.find('/').ok_or(Refused::Path)?);
        if !below(host, arm_host) {
            return Err(Refused::Host);
        }
        let path = path_and_query.split('?').next().unwrap_or_default();
        check_path(path, within)?;
        Ok(ArmUrl(text.to_string()))
    }

    /// An address of our own making: the path comes from typed ids.
    pub(super) fn build(arm_host: &str, path_and_query: &str) -> Self {
        ArmUrl(format!("https://{arm_host}{path_and_query}"))
    }

    /// The address, as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host.
    pub fn host(&self) -> &str {
        self.parts().0
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        self.parts().1
    }

    /// The query, without its question mark; empty where there is none.
    pub fn query(&self) -> &str {
        self.0.split_once('?').map_or("", |(_, query)| query)
    }

    fn parts(&self) -> (&str, &str) {
        let rest = self.0.strip_prefix("https://").unwrap_or_default();
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        (host, path.split('?').next().unwrap_or_default())
    }
}

fn below(host: &str, arm_host: &str) -> bool {
    let plain = |h: &str| {
        !h.is_empty() && h.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.') && !h.contains("..")
    };
    let host = host.to_ascii_lowercase();
    plain(&host)
        && (host == arm_host
            || host
                .strip_suffix(arm_host)
                .and_then(|h| h.strip_suffix('.'))
                .is_some_and(|h| plain(h) && !h.starts_with('.')))
}

fn check_path(path: &str, within: Option<&SubscriptionId>) -> Result<(), Refused> {
    let lower = path.to_ascii_lowercase();
    // An encoded slash or dot, or one encoded twice, may be decoded before the path is matched: what is checked must
    // be what is asked.
    let climbs = ["%2f", "%5c", "%2e", "%25", "//"].iter().any(|bad| lower.contains(bad))
        || lower.split('/').any(|segment| segment == "." || segment == "..");
    if climbs {
        return Err(Refused::Path);
    }
    let mut segments = lower.split('/').skip(1);
    match (segments.next(), segments.next()) {
        (Some("subscriptions"), Some(named)) => match within {
            Some(id) if !id.as_str().eq_ignore_ascii_case(named) => Err(Refused::Subscription),
            _ => Ok(()),
        },
        (Some("subscriptions"), None) | (Some("providers"), Some(_)) if within.is_none() => Ok(()),
        (Some("subscriptions"), None) | (Some("providers"), Some(_)) => Err(Refused::Subscription),
        _ => Err(Refused::Path),
    }
}

/// Prints the path alone: the query of an operation's address is signed and belongs in no log.
impl fmt::Debug for ArmUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (host, path) = self.parts();
        write!(f, "https://{host}{path}")
    }
}
