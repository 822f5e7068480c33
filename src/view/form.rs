//! Fields, forms and buttons.

use super::blocks::blocks;
use super::ctx::{At, Ctx};
use super::focus;
use super::icon::icon;
use super::node::{Node, classed, el, node};
use super::text::{Place, abroad, in_here, out, text, word};
use crate::app::{Event, Field};
use crate::screen::{Act, Block, Button, Icon, Input, Weight};
use crate::words::labels;
use leptos::prelude::event_target_value;
use leptos::web_sys;

/// A field with its label above it, what may be typed, and what is wrong. Each has a slot of its own, so that the
/// field itself stays where it is when a message comes or goes.
pub fn input(ctx: &Ctx, input: Input) -> Node {
    let field = input.field;
    let id = field.id();
    let part = |name: &str| format!("{id}-{name}");

    let hint = (!input.hint.is_empty())
        .then(|| el("p").class("field__hint").attr("id", part("hint")).kids(text(ctx, Place::Line, input.hint)).node());
    let wrong = input.error.is_some();
    let error = input.error.map(|error| {
        let says = node("span", text(ctx, Place::Line, error));
        el("p").class("field__error").attr("id", part("error")).kids(vec![icon(Icon::Bad), says]).node()
    });
    let ending = input.ending.map(|ending| {
        let kids = vec![classed("span", "hidden", vec![word(labels::ENDING)]), word(ending)];
        el("span").class("affix__end").attr("id", part("end")).kids(kids).node()
    });

    let described: Vec<String> = [("hint", hint.is_some()), ("error", wrong), ("end", ending.is_some())]
        .into_iter()
        .filter(|(_, there)| *there)
        .map(|(name, _)| part(name))
        .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = wrong.then_some("true");
    let typed = {
        let ctx = ctx.clone();
        move |event: web_sys::Event| ctx.tell(Event::Typed(field, event_target_value(&event)))
    };

    let control = if input.options.is_empty() {
        el("input")
            .class(if input.code { "input input--code" } else { "input" })
            .attr("id", id)
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("spellcheck", if input.code { "false" } else { "true" })
            .attr_if("aria-invalid", invalid)
            .attr_if("aria-describedby", described)
            .property("value", input.value)
            .on("input", typed)
            .node()
    } else {
        let option = |(value, says): (String, String)| {
            let chosen = value == input.value;
            el("option").attr("value", value).switch("selected", chosen).kids(vec![word(says)]).node()
        };
        el("select")
            .class("input")
            .attr("id", id)
            .attr_if("aria-invalid", invalid)
            .attr_if("aria-describedby", described)
            .on("change", typed)
            .kids(input.options.into_iter().map(option))
            .node()
    };
    let control = match ending {
        Some(ending) => classed("div", "affix", vec![control, ending]),
        None => control,
    };
    el("div")
        .class("field")
        .kid(el("label").class("field__label").attr("for", id).kid(word(input.label)))
        .kid(hint)
        .kid(error)
        .kid(control)
        .node()
}

/// A form. Submitting it tells the application; if that finds errors, their list gets the focus.
pub fn form(ctx: &Ctx, at: &At, body: Vec<Block>, event: Event) -> Node {
    let searches = body.iter().any(|block| matches!(block, Block::Input(input) if input.field == Field::Search));
    let tell = ctx.clone();
    el("form")
        .class("stack stack--loose")
        .attr_if("role", searches.then_some("search"))
        .attr("novalidate", "")
        .on("submit", move |submitted| {
            submitted.prevent_default();
            tell.tell(event.clone());
            focus::later_to(focus::ERRORS);
        })
        .kid(blocks(ctx, at, body))
        .node()
}

/// Buttons beside one another, or below one another where they are as wide as their card.
pub fn buttons(ctx: &Ctx, at: &At, buttons: Vec<Button>) -> Node {
    let class = if buttons.iter().any(|b| b.wide) { "stack" } else { "row" };
    let kids = buttons
        .into_iter()
        .enumerate()
        .flat_map(|(nth, b)| {
            // A button and its reason, each in a slot of its own.
            let why = format!("{}-why{nth}", at.id);
            let reason = b
                .disabled
                .clone()
                .map(|reason| el("p").class("small quiet").attr("id", why.clone()).kids(vec![word(reason)]).node());
            [button(ctx, at.large, b, why), Node::from(reason)]
        })
        .collect();
    classed("div", class, kids)
}

fn button(ctx: &Ctx, large: bool, button: Button, why: String) -> Node {
    let mut class = "button".to_string();
    class.push_str(match button.weight {
        Weight::Primary => " button--primary",
        Weight::Plain => "",
        Weight::Quiet => " button--quiet",
    });
    class.push_str(if button.wide { " button--wide" } else { "" });
    class.push_str(if large && button.weight != Weight::Quiet { " button--large" } else { "" });

    let shows = match (&button.act, button.icon) {
        (Act::Out(_), None) => Some(Icon::Out),
        (_, icon) => icon,
    };
    let key = button.label.clone();
    let mut kids = vec![word(button.label)];
    if let Some(shown) = shows {
        // An arrow onward follows the words; every other icon precedes them.
        let place = if shown == Icon::Next { 1 } else { 0 };
        kids.insert(place, icon(shown));
    }

    let off = button.disabled.is_some();
    match button.act {
        Act::Go(href) if !off && in_here(&href) => el("a").class(class).attr("href", href).kids(kids).node(),
        Act::Out(href) if !off && abroad(&href) => {
            kids.push(classed("span", "hidden", vec![word(labels::NEW_TAB)]));
            out(class, href, kids)
        }
        act => {
            let submits = act == Act::Submit;
            let event = match act {
                Act::Do(event) if !off => Some(event),
                _ => None,
            };
            let ctx = ctx.clone();
            el("button")
                .key(key)
                .class(class)
                .attr("type", if submits { "submit" } else { "button" })
                .attr_if("aria-disabled", off.then_some("true"))
                .attr_if("aria-describedby", off.then_some(why))
                .on("click", move |click| {
                    // Return in a field presses the form's button too: this holds that back as well.
                    if off {
                        click.prevent_default();
                    }
                    if let Some(event) = &event {
                        focus::stay_near(&click);
                        ctx.tell(event.clone());
                    }
                })
                .kids(kids)
                .node()
        }
    }
}
