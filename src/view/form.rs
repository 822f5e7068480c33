//! Fields, forms and buttons.

use super::blocks::blocks;
use super::icon::icon;
use super::on::On;
use super::pen::Pen;
use super::text::{Place, abroad, in_here, leads_out, line, text};
use crate::app::{Event, Field};
use crate::screen::{Act, Block, Button, Choice, Icon, Input, Text, Weight};
use crate::words::labels;

/// A field with its label above it, what may be typed, and what is wrong.
pub fn input(pen: &mut Pen, input: &Input) {
    let id = input.field.id();
    let searches = searches(input);
    pen.el("div.field", |pen| {
        pen.key(id);
        pen.el("label.field__label", |pen| {
            pen.attr("for", id);
            pen.word(&input.label);
        });
        if searches {
            let mut described = String::new();
            if !input.hint.is_empty() {
                add(&mut described, id, "-hint");
            }
            if input.error.is_some() {
                add(&mut described, id, "-error");
            }
            pen.el("div.search", |pen| {
                icon(pen, Icon::Search);
                control(pen, input, &described);
            });
            // What is said of it stands below it.
            about(pen, id, &input.hint, input.error.as_ref());
            return;
        }
        if input.field == Field::When {
            // How it was read is read out politely where that changes, below the field. It is there before it says anything.
            let mut described = String::new();
            add(&mut described, id, "-hint");
            if input.error.is_some() {
                add(&mut described, id, "-error");
            }
            control(pen, input, &described);
            hint(pen, "p.field__hint[role=status]", id, &input.hint);
            about(pen, id, &Text::new(), input.error.as_ref());
            return;
        }
        let described = about(pen, id, &input.hint, input.error.as_ref());
        let Some(ending) = &input.ending else { return control(pen, input, &described) };
        pen.el("div.affix", |pen| {
            // The field comes first, and names what follows it.
            let mut with_ending = described;
            add(&mut with_ending, id, "-end");
            control(pen, input, &with_ending);
            pen.el("span.affix__end", |pen| {
                part(pen, id, "-end", &mut String::new());
                pen.words("span.hidden", labels::ENDING);
                pen.word(ending);
            });
        });
    });
}

/// Whether what is typed narrows down what is on the page.
fn searches(input: &Input) -> bool {
    matches!(input.field, Field::Search | Field::Jobs | Field::Points)
}

/// What may be typed or chosen, and what is wrong: the ids of both.
fn about(pen: &mut Pen, id: &str, hint: &Text, error: Option<&Text>) -> String {
    let mut described = String::new();
    if !hint.is_empty() {
        self::hint(pen, "p.field__hint", id, hint);
        add(&mut described, id, "-hint");
    }
    if let Some(error) = error {
        pen.el("p.field__error", |pen| {
            part(pen, id, "-error", &mut described);
            icon(pen, Icon::Bad);
            line(pen, "span", error);
        });
    }
    described
}

fn hint(pen: &mut Pen, spec: &'static str, id: &str, hint: &Text) {
    pen.el(spec, |pen| {
        part(pen, id, "-hint", &mut String::new());
        text(pen, Place::Line, hint);
    });
}

/// A choice, all in sight; more than there is room for can be scrolled. Whatever leads to the field leads to its frame:
/// there may be nothing in it yet.
pub fn choice(pen: &mut Pen, choice: &Choice) {
    let id = choice.field.id();
    pen.el("fieldset.field[tabindex=-1]", |pen| {
        pen.key(id);
        pen.attr("id", id);
        pen.words("legend.field__label", &choice.label);
        let described = about(pen, id, &choice.hint, choice.error.as_ref());
        if !described.is_empty() {
            pen.attr("aria-describedby", &described);
        }
        pen.el("div.choices", |pen| {
            for (value, says, chosen) in &choice.options {
                pen.el("label.choice", |pen| {
                    pen.key(value);
                    pen.el("input[type=radio]", |pen| {
                        pen.attr("name", id);
                        pen.attr("value", value);
                        pen.attr(".checked", if *chosen { "on" } else { "" });
                        pen.on(On::Type(choice.field));
                    });
                    line(pen, "span", says);
                });
            }
        });
    });
}

/// Names the element that is open as a part of a field's description.
fn part(pen: &mut Pen, id: &str, name: &str, described: &mut String) {
    pen.attr("id", &[id, name].concat());
    add(described, id, name);
}

/// Adds a part to the ids that describe a field.
#[inline(never)]
fn add(described: &mut String, id: &str, name: &str) {
    if !described.is_empty() {
        described.push(' ');
    }
    described.push_str(id);
    described.push_str(name);
}

fn control(pen: &mut Pen, input: &Input, described: &str) {
    let spec = match (input.options.is_empty(), input.code) {
        _ if searches(input) => "input.input[type=search][autocomplete=off][autocapitalize=off][spellcheck=false]",
        (false, _) => "select.input",
        (true, true) => "input.input.input--code[autocomplete=off][autocapitalize=off][spellcheck=false]",
        (true, false) => "input.input[autocomplete=off][autocapitalize=off][spellcheck=true]",
    };
    pen.el(spec, |pen| {
        pen.attr("id", input.field.id());
        if input.error.is_some() {
            pen.attr("aria-invalid", "true");
        }
        if !described.is_empty() {
            pen.attr("aria-describedby", described);
        }
        pen.on(On::Type(input.field));
        if input.options.is_empty() {
            pen.attr(".value", &input.value);
        }
        for (value, says) in &input.options {
            pen.el("option", |pen| {
                pen.attr("value", value);
                pen.attr(".selected", if *value == input.value { "on" } else { "" });
                pen.word(says);
            });
        }
    });
}

/// A form.
pub fn form(pen: &mut Pen, body: &[Block], event: &Event) {
    let searches = body.iter().any(|block| matches!(block, Block::Input(input) if input.field == Field::Search));
    let spec = match searches {
        true => "form.stack[role=search][novalidate=]",
        false => "form.stack.stack--loose[novalidate=]",
    };
    pen.el(spec, |pen| {
        pen.on(On::Submit(event.clone()));
        blocks(pen, body);
    });
}

/// Buttons beside one another, or below one another where they are as wide as their card; below each that cannot be
/// pressed, why not.
pub fn buttons(pen: &mut Pen, buttons: &[Button]) {
    pen.el(if buttons.iter().any(|b| b.wide) { "div.stack" } else { "div.row" }, |pen| {
        for button in buttons {
            let Some(reason) = &button.disabled else {
                self::button(pen, button, None);
                continue;
            };
            pen.reasons += 1;
            let why = format!("why{}", pen.reasons);
            self::button(pen, button, Some(&why));
            pen.el("p.small.quiet", |pen| {
                pen.key(&button.label);
                pen.attr("id", &why);
                pen.word(reason);
            });
        }
    });
}

fn button(pen: &mut Pen, button: &Button, why: Option<&str>) {
    let (spec, out) = match &button.act {
        Act::Go(href) if why.is_none() && in_here(href) => ("a", None),
        Act::Out(href) if why.is_none() && abroad(href) => ("a", Some(href)),
        Act::Submit => ("button[type=submit]", None),
        _ => ("button[type=button]", None),
    };
    pen.el(spec, |pen| {
        class(pen, button);
        match (&button.act, why) {
            (_, Some(why)) => {
                pen.key(&button.label);
                pen.attr("aria-disabled", "true");
                pen.attr("aria-describedby", why);
                pen.on(On::Hold);
            }
            (Act::Go(href), _) if spec == "a" => pen.attr("href", href),
            (Act::Do(event), _) => {
                pen.key(&button.label);
                pen.on(On::Press(event.clone()));
            }
            (Act::Submit, _) => pen.key(&button.label),
            (Act::Print, _) => {
                pen.key(&button.label);
                pen.on(On::Print);
            }
            _ => {}
        }
        let shows = match (&button.act, button.icon) {
            (Act::Out(_), None) => Some(Icon::Out),
            (_, icon) => icon,
        };
        // An arrow onward follows the words; every other icon precedes them.
        let follows = shows == Some(Icon::Next);
        if let Some(shown) = shows.filter(|_| !follows) {
            icon(pen, shown);
        }
        pen.word(&button.label);
        if follows {
            icon(pen, Icon::Next);
        }
        if let Some(href) = out {
            leads_out(pen, href);
        }
    });
}

fn class(pen: &mut Pen, button: &Button) {
    let mut class = "button".to_string();
    class.push_str(match button.weight {
        Weight::Primary => " button--primary",
        Weight::Plain => "",
        Weight::Quiet => " button--quiet",
    });
    class.push_str(if button.wide { " button--wide" } else { "" });
    class.push_str(if pen.large && button.weight != Weight::Quiet { " button--large" } else { "" });
    pen.attr("class", &class);
}
