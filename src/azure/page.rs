//! One page of a list: its items and, maybe, the call for the next page.

use super::call::{Answer, Call};
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
    pub next: Next<T>,
}

/// What follows a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Next<T> {
    /// Nothing: this was the last page.
    End,
    /// The call for the next page.
    Call(Call<Page<T>>),
    /// A `nextLink` that leads away from Azure, or out of the subscription: not followed.
    Refused(Refused),
    /// More, but Azure gives no way to it.
    Cut,
}

impl<T> Page<T> {
    /// Reads a page; `item` reads one item and gives nothing for one that lacks what it needs.
    pub fn read(answer: &Answer<'_, Page<T>>, item: fn(&Value) -> Option<T>) -> Result<Self, Box<ArmProblem>> {
        let body = answer.json()?;
        let Some(values) = body.at("value").as_array() else {
            return Err(ArmProblem::malformed(answer.response, "value"));
        };
        let items: Vec<T> = values.iter().filter_map(item).collect();
        let skipped = values.len() - items.len();
        let next = match body.text("nextLink") {
            None => Next::End,
            Some(link) => match answer.call.admit(link) {
                Ok(url) => Next::Call(answer.call.follow(url)),
                Err(refused) => Next::Refused(refused),
            },
        };
        Ok(Page { items, skipped, next })
    }
}
