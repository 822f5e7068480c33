//! What this host sends along with the program's own files: asked once when the page about it is opened, and again for
//! a press. What is thought of it: `judge`.
//!
//! Only the host itself is asked, without a token, for files that everybody may read, and for one that is not there.

mod judge;

pub use judge::{Line, Setting, Topic, Verdict, Why, shared};

use super::{Command, Context, Ticket, Told};
use crate::azure::http::{Response, Unreachable};
use crate::moment::Moment;

/// What the host is asked for. The edge knows the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The page, `index.html`.
    Page,
    /// `config.json`.
    Config,
    /// The program: its name has a hash of what is in it.
    Program,
    /// A file that no build has.
    Absent,
}

impl File {
    /// Every one of them.
    pub const ALL: [File; 4] = [File::Page, File::Config, File::Program, File::Absent];
}

/// What was asked and answered.
#[derive(Clone, Debug, Default)]
pub struct Host {
    /// When it was asked last; nothing where it was not.
    pub asked: Option<Moment>,
    waits: Vec<(Ticket, File)>,
    answers: [Option<Result<Response, Unreachable>>; 4],
}

impl Host {
    /// Asks, unless it was asked before.
    pub fn see(&mut self, config: bool, context: &mut Context<'_>) {
        if self.asked.is_none() {
            self.ask(config, context);
        }
    }

    /// Asks; of the configuration only where it is in use. What was answered before is shown until there is something newer.
    pub fn ask(&mut self, config: bool, context: &mut Context<'_>) {
        self.asked = Some(context.now);
        self.waits.clear();
        for file in File::ALL {
            if config || file != File::Config {
                let ticket = context.ticket();
                self.waits.push((ticket, file));
                context.command(Command::AskHost(ticket, file));
            }
        }
    }

    /// Takes an answer in.
    pub fn hear(&mut self, told: Told<'_>) {
        let Told::Answered(ticket, answer) = told else { return };
        let Some(at) = self.waits.iter().position(|(waited, _)| *waited == ticket) else { return };
        let (_, file) = self.waits.swap_remove(at);
        if let Some(place) = self.answers.get_mut(file as usize) {
            *place = Some(answer.clone());
        }
    }

    /// Whether an answer is on its way.
    pub fn is_asking(&self) -> bool {
        !self.waits.is_empty()
    }

    /// What was answered about a file, last.
    pub fn answer(&self, file: File) -> Option<&Result<Response, Unreachable>> {
        self.answers.get(file as usize)?.as_ref()
    }

    /// Whether the host could not be asked about its own page.
    pub fn is_silent(&self) -> bool {
        matches!(self.answer(File::Page), Some(Err(_)))
    }
}
