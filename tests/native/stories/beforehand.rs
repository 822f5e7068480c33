//! Will it work? What the review knows before anything is asked for.

use super::journey::{DRILLS, PRODUCTION, to_review};
use super::story::Story;

#[test]
fn look() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.wait(3);
    println!("{}", story.text());
    println!("{}", story.told());
}
