//! A screen as text: what a person reads, and what can be pressed.

use pgflex_restore::app::Event;
use pgflex_restore::moment::Moment;
use pgflex_restore::screen::{Act, Block, Button, Page, PointName, Press, Screen, Span, Text, Timeline, Tone};
use pgflex_restore::words::time;

/// Lines with a line break after each.
pub fn lines(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// All parts of the page, those within others too.
pub fn blocks(screen: &Screen) -> Vec<Block> {
    let page = &screen.page;
    let mut all = Vec::new();
    let points = page.points.as_ref();
    let by_time = points.and_then(|points| points.timeline.as_ref());
    let listed = by_time.into_iter().flat_map(|by_time| &by_time.says).chain(points.into_iter().flat_map(|p| &p.above));
    for block in page.main.iter().chain(&page.side).chain(listed).chain(&page.rest) {
        within(block, &mut all);
    }
    all
}

fn within(block: &Block, all: &mut Vec<Block>) {
    all.push(block.clone());
    let inner: Vec<Block> = match block {
        Block::Section { body, .. }
        | Block::Card { body, .. }
        | Block::Note { body, .. }
        | Block::Fold { body, .. }
        | Block::Form(body, _)
        | Block::Pair(body) => body.clone(),
        Block::Checks(checks) => checks.iter().flat_map(|check| check.more.clone()).collect(),
        Block::Tabs(_, tabs) => tabs.iter().flat_map(|(_, body)| body.clone()).collect(),
        _ => Vec::new(),
    };
    for block in &inner {
        within(block, all);
    }
}

pub fn buttons(screen: &Screen) -> Vec<Button> {
    let all = blocks(screen);
    let of = |block| match block {
        Block::Buttons(buttons) | Block::Count(_, _, buttons) => buttons,
        _ => Vec::new(),
    };
    let by_time = screen.page.points.as_ref().and_then(|points| points.timeline.as_ref());
    let beside = by_time.into_iter().flat_map(|by_time| {
        let ranges = by_time.ranges.iter().map(|(words, event, _)| {
            let mut range = Vec::new();
            range.tell(words, event.clone());
            range
        });
        ranges.flatten().chain(by_time.buttons.clone())
    });
    all.into_iter().flat_map(of).chain(beside).collect()
}

pub fn statuses(screen: &Screen) -> Vec<(Tone, String)> {
    let all = blocks(screen);
    all.into_iter()
        .filter_map(|b| if let Block::Status(tone, title, _) = b { Some((tone, title)) } else { None })
        .collect()
}

/// Every link of the page: words and address.
pub fn links(screen: &Screen) -> Vec<(String, String)> {
    let mut links = Vec::new();
    for block in blocks(screen) {
        for text in texts(&block) {
            for span in text {
                if let Span::Link { text, href, .. } = span {
                    links.push((text, href));
                }
            }
        }
    }
    links
}

/// Every button that looks like a link: words and event.
pub fn presses(screen: &Screen) -> Vec<(String, Event)> {
    let all = blocks(screen);
    let spans = all.iter().flat_map(texts).flatten();
    spans
        .filter_map(|span| if let Span::Press { text, event, .. } = span { Some((text, event)) } else { None })
        .collect()
}

fn texts(block: &Block) -> Vec<Text> {
    match block {
        Block::Para(text) | Block::Small(text) | Block::Status(_, _, text) => vec![text.clone()],
        Block::Facts(facts) | Block::Lined(facts) => facts
            .iter()
            .flat_map(|fact| {
                let change = fact.change.clone().map(|span| vec![span]);
                std::iter::once(fact.value.clone()).chain(fact.below.clone()).chain(change)
            })
            .collect(),
        Block::Checks(checks) => checks.iter().flat_map(|check| [check.text.clone(), check.word.clone()]).collect(),
        Block::Table { rows, .. } => rows.iter().flat_map(|row| row.cells.clone()).collect(),
        Block::Steps(lines) | Block::Bullets(lines) => lines.clone(),
        Block::Count(says, since, _) => vec![says.clone(), since.clone()],
        Block::Input(input) => vec![input.hint.clone()],
        _ => Vec::new(),
    }
}

/// The rows of every table that are told once they come on screen: key and what is told, in the order in which they
/// stand there; nothing is told by one that has been seen.
pub fn rows(screen: &Screen) -> Vec<(String, Option<Event>)> {
    let all = blocks(screen);
    let rows = all.into_iter().flat_map(|block| if let Block::Table { rows, .. } = block { rows } else { Vec::new() });
    rows.map(|row| (row.key, row.shown)).collect()
}

/// The page as text, narrow: heading, main, side, points, rest.
pub fn page(screen: &Screen, now: Moment) -> String {
    let Page { steps, title, lead, main, side, points, rest, .. } = &screen.page;
    let mut out = Vec::new();
    if let Some(steps) = steps {
        out.push(format!("step {} of {}", steps.current, steps.items.len()));
    }
    out.push(format!("# {title}"));
    if !lead.is_empty() {
        out.push(text(lead, now));
    }
    main.iter().for_each(|block| draw(block, now, 0, &mut out));
    if !side.is_empty() {
        out.push("~".into());
        side.iter().for_each(|block| draw(block, now, 0, &mut out));
    }
    if let Some(by_time) = points.as_ref().and_then(|points| points.timeline.as_ref()) {
        timeline(by_time, points.as_ref().and_then(|points| points.chosen.as_ref()), now, &mut out);
    }
    if let Some(points) = points {
        out.push(format!("## {} {}", points.title, points.lead));
        points.above.iter().for_each(|block| draw(block, now, 0, &mut out));
        for row in points.rows().iter() {
            let chosen = if points.chosen.as_ref() == Some(&row.name) { "(*)" } else { "( )" };
            let latest = if row.latest { " latest" } else { "" };
            out.push(format!(
                "{chosen} {}{latest} {} {} {} {}",
                time::utc(row.made),
                row.state.1,
                row.kind,
                row.tier,
                row.tag
            ));
        }
    }
    if !rest.is_empty() {
        out.push("~".into());
        rest.iter().for_each(|block| draw(block, now, 0, &mut out));
    }
    lines(&out)
}

/// The points by time: what is said of them, then a line for each month, as wide as it is seen.
fn timeline(by_time: &Timeline, chosen: Option<&PointName>, now: Moment, out: &mut Vec<String>) {
    out.push(format!("## {}", by_time.title));
    let range = |(words, _, is_it): &(String, Event, bool)| format!("[{words}{}]", if *is_it { " *" } else { "" });
    out.push(by_time.ranges.iter().map(range).collect::<Vec<_>>().join(" "));
    draw(&Block::Buttons(by_time.buttons.clone()), now, 0, out);
    by_time.says.iter().for_each(|block| draw(block, now, 0, out));
    for plot in by_time.plots() {
        let mut line = format!("{}:", plot.name);
        for mark in &plot.marks {
            let sign = if mark.archived { "#" } else { "" };
            let partial = if mark.partial { "?" } else { "" };
            let tagged = if mark.tagged { "+" } else { "" };
            let is_it = if chosen == Some(&mark.name) { "*" } else { "" };
            line.push_str(&format!(" {}{sign}{partial}{tagged}{is_it}", mark.day));
        }
        for part in plot.stretches {
            line.push_str(&format!(" [{:?} {}-{} {}]", part.sign, part.from, part.to, part.says));
        }
        out.push(line + &plot.wish.map_or_else(String::new, |at| format!(" !{at}")));
    }
    out.push(by_time.legend.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(", "));
}

fn draw(block: &Block, now: Moment, depth: usize, out: &mut Vec<String>) {
    let pad = "  ".repeat(depth);
    let mut line = |words: String| out.push(format!("{pad}{words}"));
    match block {
        Block::Para(words) | Block::Small(words) => line(text(words, now)),
        Block::Section { title, .. } | Block::Card { title, .. } => line(format!("## {title}")),
        Block::Note { tone, title, .. } => line(format!("{tone:?}: {title}")),
        Block::Errors { title, lines } => {
            line(format!("Bad: {title}"));
            lines.iter().for_each(|(field, words)| line(format!("  {}: {words}", field.id())));
        }
        Block::Facts(facts) | Block::Lined(facts) => {
            for fact in facts {
                line(format!("{}: {}", fact.name, text(&fact.value, now)));
                fact.below.iter().for_each(|words| line(format!("    {}", text(words, now))));
            }
        }
        Block::Checks(checks) => {
            for check in checks {
                line(format!("[{:?}] {} {}", check.tone, text(&check.text, now), text(&check.word, now)));
            }
        }
        Block::Table { columns, rows, .. } => {
            line(columns.join(" | "));
            for row in rows {
                let cells = row.cells.iter().map(|cell| text(cell, now)).collect::<Vec<_>>().join(" | ");
                line(if row.head { format!("= {cells}") } else { cells });
            }
        }
        Block::Steps(items) | Block::Bullets(items) => {
            items.iter().for_each(|item| line(format!("- {}", text(item, now))))
        }
        Block::Outline(items) => items.iter().for_each(|(_, title, words)| line(format!("{title}: {words}"))),
        Block::Buttons(buttons) => {
            for button in buttons {
                let why = button.disabled.as_ref().map(|why| format!(" (not now: {why})")).unwrap_or_default();
                let kind = if matches!(button.act, Act::Go(_) | Act::Out(_)) { "→" } else { "!" };
                line(format!("[{} {kind}]{why}", button.label));
            }
        }
        Block::Input(input) => {
            let ending = input.ending.clone().unwrap_or_default();
            line(format!("{}: [{}{}] {}", input.label, input.value, ending, text(&input.hint, now)));
            if let Some(error) = &input.error {
                line(format!("  Bad: {}", text(error, now)));
            }
        }
        Block::Choice(choice) => {
            line(format!("{}: {}", choice.label, text(&choice.hint, now)));
            for (_, words, chosen) in &choice.options {
                line(format!("  ({}) {}", if *chosen { "*" } else { " " }, text(words, now)));
            }
            if let Some(error) = &choice.error {
                line(format!("  Bad: {}", text(error, now)));
            }
        }
        Block::Form(..) | Block::Pair(_) | Block::Room => {}
        Block::Tabs(_, tabs) => {
            for (name, body) in tabs {
                out.push(format!("{pad}| {name}"));
                body.iter().for_each(|block| draw(block, now, depth + 1, out));
            }
        }
        Block::Code { what, text } => line(format!("<{what}: {} characters>", text.chars().count())),
        Block::Share { title, .. } => line(format!("> Share “{title}”")),
        Block::Progress(words) => line(format!("… {words}")),
        Block::Fold { summary, .. } => line(format!("> {}", text(summary, now))),
        Block::Count(says, since, buttons) => {
            line(format!("{} ~ {}", text(says, now), text(since, now)));
            buttons.iter().for_each(|button| line(format!("[{} !]", button.label)));
        }
        Block::Status(tone, title, words) => line(format!("{tone:?}: {title} {}", text(words, now))),
    }
    let deeper = if matches!(block, Block::Form(..) | Block::Pair(_)) { depth } else { depth + 1 };
    match block {
        Block::Section { body, .. }
        | Block::Card { body, .. }
        | Block::Note { body, .. }
        | Block::Fold { body, .. }
        | Block::Form(body, _)
        | Block::Pair(body) => body.iter().for_each(|block| draw(block, now, deeper, out)),
        Block::Checks(checks) => checks.iter().flat_map(|c| &c.more).for_each(|block| draw(block, now, deeper, out)),
        _ => {}
    }
}

/// Text as it is read at a moment.
pub fn text(spans: &Text, now: Moment) -> String {
    let mut out = String::new();
    for span in spans {
        match span {
            Span::Text(words) | Span::Strong(words) | Span::Quiet(words) | Span::Code(words) => out.push_str(words),
            Span::Time(at) => out.push_str(&format!("{} ({})", time::utc(*at), time::ago(now.since(*at)))),
            Span::Clock(at) => out.push_str(&time::utc(*at)),
            Span::Ago(at) => out.push_str(&time::ago(now.since(*at))),
            Span::Until(at) => out.push_str(&time::until(at.since(now))),
            Span::Lasting(at) => out.push_str(&time::length(now.since(*at))),
            Span::Coming => out.push('…'),
            Span::State(tone, words) => out.push_str(&format!("({tone:?}) {words}")),
            Span::Copy { value, .. } => out.push_str(value),
            Span::Link { text, more, .. } => out.push_str(&format!("[{text}{more}]")),
            Span::Out { text, .. } => out.push_str(text),
            Span::Press { text, .. } => out.push_str(&format!("[{text}]")),
            Span::Break => out.push_str(" / "),
        }
    }
    out
}

/// Every text to copy that stands in a box.
pub fn codes(screen: &Screen) -> Vec<String> {
    blocks(screen)
        .into_iter()
        .filter_map(|b| if let Block::Code { text, .. } = b { Some(text) } else { None })
        .collect()
}

/// The headings of a page that are seen without opening anything.
pub fn headings(screen: &Screen) -> String {
    fn titles(block: &Block, out: &mut Vec<String>) {
        match block {
            Block::Section { title, body, .. } | Block::Card { title, body, .. } | Block::Note { title, body, .. } => {
                out.push(title.clone());
                body.iter().for_each(|block| titles(block, out));
            }
            Block::Form(body, _) | Block::Pair(body) => body.iter().for_each(|block| titles(block, out)),
            _ => {}
        }
    }
    let (page, mut out) = (&screen.page, Vec::new());
    page.main.iter().chain(&page.side).chain(&page.rest).for_each(|block| titles(block, &mut out));
    lines(&out)
}
