//! The same restore, as a command: for the Azure CLI, PowerShell and curl, and as the request alone.

use super::make::{Put, Write};
use super::{Block, Text};
use crate::app::Model;
use crate::azure::calls;
use crate::commands::{Restore, Script};
use crate::fault::{Fault, Step};
use crate::flow::draft::Plan;
use crate::words::{faults, page};

/// The id of its heading, which names the tabs.
const ID: &str = "as";

/// The section.
pub(super) fn as_command(blocks: &mut Vec<Block>, model: &Model, plan: &Plan) {
    let request = plan.request();
    let mut body = Vec::new();
    match calls::restore(model.arm(), &plan.point.instance, &request) {
        Ok(call) => {
            let mut tabs = Vec::new();
            body.says(page::SAME_AS_COMMAND_MORE);
            let cloud = model.cloud().title();
            if let Some(said) = Restore::of(model.arm(), &plan.point.instance, &request) {
                body.hints(page::SAME_AS_COMMAND_NOTED);
                let whats = (page::THE_AZ, page::FOLLOWING_AZ, page::FOLLOW_AZ_MORE);
                tabs.push(tab(page::AZ, &page::az_needs(cloud), said.az(), whats));
                let whats = (page::THE_POWERSHELL, page::FOLLOWING_POWERSHELL, page::FOLLOW_MORE);
                tabs.push(tab(page::POWERSHELL, &page::powershell_needs(cloud), said.powershell(), whats));
                let whats = (page::THE_REST, page::FOLLOWING_REST, page::FOLLOW_MORE);
                tabs.push(tab(page::REST, &page::rest_needs(cloud), said.rest(), whats));
            } else {
                body.hints(page::ODD_NAMES);
            }
            let mut alone = Vec::new();
            let mut line = Text::new();
            line.strong(page::REQUEST).say(page::REQUEST_MORE);
            let (method, url) = (call.request.method.as_str(), call.request.url.as_str());
            let json = call.request.body.as_deref().unwrap_or_default();
            alone.para(line).source(page::THE_REQUEST, &[method, " ", url, "\n\n", json].concat());
            tabs.push((page::JSON.to_string(), alone));
            body.put(Block::Tabs(ID.to_string(), tabs));
        }
        Err(why) => {
            body.says(&faults::title(&Fault::needs_newer(why, Step::Restore, plan.made)));
        }
    }
    blocks.section(ID, page::SAME_AS_COMMAND, body);
}

/// What one tool needs, its commands, and those that follow what they have started.
#[inline(never)]
fn tab(name: &str, needs: &str, script: Script, (what, following, more): (&str, &str, &str)) -> (String, Vec<Block>) {
    let mut body = Vec::new();
    body.says(needs).source(what, &script.start);
    let mut line = Text::new();
    line.strong(page::FOLLOW).line().quiet(more);
    body.para(line).source(following, &script.follow);
    (name.to_string(), body)
}
