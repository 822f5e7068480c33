//! How the body of a request goes out: whole, or as a stream.
//!
//! When a connection breaks before the answer has come, a browser may send a POST again by itself: the page sees one
//! answer, or none, and Azure has begun two restores (Chromium 156, over HTTP/1.1 and HTTP/2; Firefox 153, over HTTP/1.1).
//! A stream is gone once it was sent, so no browser can repeat it.
//!
//! But it takes a browser that can, HTTP/2, and a server that takes a body whose length it is not told; and a page
//! cannot tell a stream that was refused before it left from one that was lost. So a check, which starts nothing, goes
//! first as a stream, and again whole where that came to nothing. The restore after it does as the check did.

use crate::azure::http::{Request, Response, Unreachable};

/// What is known of streams on the way to Azure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uploads {
    browser_can: bool,
    /// Whether the last one came to a good end.
    came_through: bool,
}

impl Uploads {
    /// Nothing but whether this browser can send a stream.
    pub fn new(browser_can: bool) -> Self {
        Uploads { browser_can, came_through: false }
    }

    /// Whether the body of this request is to go out as a stream.
    pub fn streams(self, request: &Request) -> bool {
        self.browser_can && (request.is_check() || (request.is_start() && self.came_through))
    }

    /// What is known after a request that went out as a stream, and whether it is to go out again, whole.
    ///
    /// A refusal need not be about the stream; but should it be, a check that is not repeated would be refused for ever.
    /// One that names another reason (the sign-in, a permission, too many requests) is not.
    /// Silence may be that of a way that takes no streams any more: the next restore does not go by that one.
    pub fn heard(self, request: &Request, outcome: &Result<Response, Unreachable>) -> (Self, bool) {
        let status = outcome.as_ref().map_or(0, |response| response.status);
        let (came_through, of_other_reason) =
            ((200..300).contains(&status), matches!(status, 401 | 403 | 404 | 409 | 429));
        (Uploads { came_through, ..self }, !came_through && !of_other_reason && request.is_check())
    }
}
