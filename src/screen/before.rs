//! "Last point before…": a time out of a log, how it was read, and the points on both sides of it.

use super::make::{Put, Write, input};
use super::{Block, Icon, Span, Text, Tone, plain, time};
use crate::app::{Event, Field, Model, Wished};
use crate::azure::id::{PointId, PointName};
use crate::azure::wire::Point;
use crate::commands;
use crate::flow::source::Source;
use crate::link::Place;
use crate::moment::Moment;
use crate::when::{Reading, Sense, Unread};
use crate::words::page;

/// The field, and what is next to the time in it. Says whether the server can go back to that time by itself.
pub(super) fn before(blocks: &mut Vec<Block>, model: &Model, source: &Source, chosen: Option<&PointName>) -> bool {
    let whole = source.load.is_whole();
    if source.other_kind().is_some() || (source.points.is_empty() && !source.load.is_loading()) {
        return false;
    }
    let wish = model.wish_of(&source.id);
    field(blocks, wish);
    let Some(at) = wish.and_then(Wished::at) else { return false };
    if whole {
        next_to(blocks, model, source, at, chosen);
    } else if source.load.is_loading() {
        blocks.hints(page::BEFORE_READING);
    } else {
        blocks.hints(page::BEFORE_UNKNOWN);
    }
    let to_come = matches!(wish.and_then(|wish| wish.reading.as_ref()), Some(Ok(reading)) if reading.is_ahead(at));
    !to_come && by_itself(blocks, source, at)
}

fn field(blocks: &mut Vec<Block>, wish: Option<&Wished>) {
    let mut hint = Text::new();
    let mut error = None;
    match wish.and_then(|wish| Some((wish.reading.as_ref()?, wish.sense))) {
        None => examples(&mut hint),
        Some((Ok(reading), sense)) => told(&mut hint, reading, sense),
        // Whoever types has not come to the end: nothing is wrong yet.
        Some((Err(Unread::Nothing), _)) => {
            hint.say(page::NOT_A_TIME);
            examples(&mut hint);
        }
        Some((Err(why), _)) => error = Some(plain(&page::unread(why))),
    }
    let text = wish.map_or("", |wish| wish.text.as_str());
    blocks.put(Block::Input(input(Field::When, page::BEFORE, hint, error, text)));
}

fn examples(hint: &mut Text) {
    for (before, example) in page::BEFORE_EXAMPLES {
        hint.say(before).code(example);
    }
    hint.say(".");
}

/// How it was read, and what else it may mean.
fn told(hint: &mut Text, reading: &Reading, sense: Sense) {
    let at = reading.taken(sense);
    hint.say(page::READ_AS).add(Span::Clock(at)).say(". ");
    match sense {
        Sense::Read => {
            hint.say(&page::zone_is_known(&reading.by));
            if reading.second.is_some() {
                hint.say(page::SHOWN_TWICE);
            }
            if reading.skipped {
                hint.say(page::NEVER_SHOWN);
            }
        }
        Sense::Second => _ = hint.say(page::READ_AS_SECOND),
        Sense::Utc => _ = hint.say(page::READ_AS_UTC),
    }
    hint.say(page::left_open(reading.open));
    if reading.is_ahead(at) {
        hint.say(page::TO_COME);
    }
    let mut ways = Vec::new();
    match (sense, reading.second) {
        (Sense::Read, Some(_)) => ways.push((page::TAKE_SECOND, Sense::Second)),
        (Sense::Second, _) => ways.push((page::TAKE_FIRST, Sense::Read)),
        (Sense::Utc, _) => ways.push((page::TAKE_READ, Sense::Read)),
        _ => {}
    }
    if sense != Sense::Utc && reading.utc.is_some() {
        ways.push((page::TAKE_UTC, Sense::Utc));
    }
    for (words, sense) in ways {
        hint.press(words, Event::ReadAsPressed(sense)).say(" ");
    }
}

/// The complete points on both sides.
fn next_to(blocks: &mut Vec<Block>, model: &Model, source: &Source, at: Moment, chosen: Option<&PointName>) {
    let [last, next] = source.next_to(at);
    let mut pair = Vec::new();
    match last {
        Some(point) => {
            let says = page::not_in_it_before(at, point.made);
            point_card(&mut pair, (model, source), ("before-it", page::LAST_BEFORE_IT), point, chosen, &says);
        }
        None => {
            let (mut body, mut line) = (Vec::new(), Text::new());
            line.state(Tone::Bad, page::NONE_BEFORE_IT);
            body.para(line).hints(page::NONE_BEFORE_MORE);
            pair.card("before-it", page::LAST_BEFORE_IT, body);
        }
    }
    match next {
        Some(point) => {
            let says = page::made_after(at, point.made);
            point_card(&mut pair, (model, source), ("after-it", page::FIRST_AFTER_IT), point, chosen, &says);
        }
        None => {
            let mut body = Vec::new();
            body.hints(page::NONE_AFTER);
            pair.card("after-it", page::FIRST_AFTER_IT, body);
        }
    }
    blocks.put(Block::Pair(pair));
}

/// One of them. Typing chooses none: a press does.
fn point_card(
    cards: &mut Vec<Block>,
    (model, source): (&Model, &Source),
    (id, title): (&str, &str),
    point: &Point,
    chosen: Option<&PointName>,
    says: &str,
) {
    let mut line = Text::new();
    if chosen == Some(&point.name) {
        line.state(Tone::Ok, page::CHOSEN);
        // The way on is far below on a narrow screen: here is one.
        if source.is_restorable() {
            let id = PointId { instance: source.id.clone(), name: point.name.clone() };
            line.say(" ").link(page::CHOOSE_TARGET, model.address(Place::Target(id)));
        }
    } else {
        let event = Event::PointChosen(point.name.clone());
        line.add(Span::Press { text: page::CHOOSE_THIS.into(), more: title.into(), event });
    }
    let mut body = Vec::new();
    body.para(time(point.made)).hints(says).para(line);
    cards.card(id, title, body);
}

/// Where the server's own backups reach that far, it can go back to the second before.
fn by_itself(blocks: &mut Vec<Block>, source: &Source, at: Moment) -> bool {
    let Some((server, earliest)) = source.own_backups() else { return false };
    // A command tells whole seconds.
    let second = Moment::from_millis(at.millis().div_euclid(1000) * 1000 - 1000);
    if second < earliest {
        return false;
    }
    let mut line = plain(page::BY_ITSELF_SINCE);
    line.time(earliest).say(page::BY_ITSELF_AT).add(Span::Clock(second)).say(page::BY_ITSELF_HOW);
    let mut body = Vec::new();
    body.para(line).source(page::AS_COMMAND, &commands::point_in_time(server, second));
    blocks.note(Tone::Plain, Some(Icon::Info), page::BY_ITSELF, body);
    true
}
