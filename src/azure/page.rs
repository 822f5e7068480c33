//! One page of a list: its items and, maybe, the call for the next page.

use super::call::{Answer, Sending};
use super::http::Refused;
use super::json::At;
use super::problem::ArmProblem;
use serde_json::Value;

/// A page of a list (`{"value": […], "nextLink": …}`).
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// What could be read of it, in Azure's order.
    pub items: Vec<T>,
    /// How many items had not the least that an item needs, such as an id.
    pub skipped: usize,
    /// What follows.
    pub next: Next,
}

/// What follows a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Nothing: this was the last page.
    End,
    /// The call for the next page.
    Call(Sending),
    /// A `nextLink` that leads away from Azure, or out of the subscription: not followed.
    Refused(Refused),
    /// More, but Azure gives no way to it.
    Cut,
}

impl<T> Page<T> {
    /// Reads a page; `item` reads one item and gives nothing for one that lacks what it needs.
    pub fn read(answer: &Answer<'_>, item: fn(&Value) -> Option<T>) -> Result<Self, Box<ArmProblem>> {
        Page::read_as(answer, "value", follow, item)
    }

    /// Reads a page whose items stand under another name, and that leads on in another way.
    pub fn read_as(
        answer: &Answer<'_>,
        name: &str,
        next: fn(&Answer<'_>, &Value) -> Next,
        item: fn(&Value) -> Option<T>,
    ) -> Result<Self, Box<ArmProblem>> {
        let mut items = Vec::new();
        let mut put = |value: &Value| item(value).map(|item| items.push(item)).is_some();
        let (skipped, next) = read(answer, name, next, &mut put)?;
        Ok(Page { items, skipped, next })
    }
}

/// All of a page but the type of its items: it is compiled once. `put` says whether an item could be read.
#[inline(never)]
fn read(
    answer: &Answer<'_>,
    name: &str,
    next: fn(&Answer<'_>, &Value) -> Next,
    put: &mut dyn FnMut(&Value) -> bool,
) -> Result<(usize, Next), Box<ArmProblem>> {
    let body = answer.json()?;
    let Some(values) = body.at(name).as_array() else {
        return Err(ArmProblem::malformed(answer.response, name));
    };
    let mut skipped = 0;
    for value in values {
        skipped += usize::from(!put(value));
    }
    Ok((skipped, next(answer, &body)))
}

fn follow(answer: &Answer<'_>, body: &Value) -> Next {
    match body.text("nextLink") {
        None => Next::End,
        Some(link) => match answer.call.admit(link) {
            Ok(url) => Next::Call(answer.call.follow(url)),
            Err(refused) => Next::Refused(refused),
        },
    }
}
