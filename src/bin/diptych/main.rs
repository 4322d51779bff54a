//! The command `diptych`: arguments become a plan, the plan is carried out.
//!
//! [`args`] only parses; [`context`] builds what commands share (configuration,
//! worker pool, engine, messages); each command is one function of [`commands`].

mod args;
mod commands;
mod context;
mod message;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use context::Context;

/// Documents are made of many small strings; the system's allocator takes a tenth of
/// the time to clean one, and gives memory back only to ask for it again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a run ended, as the exit status says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All well.
    Success,
    /// Finished, but some documents could not be processed.
    Partial,
    /// Wrong usage, or something without which nothing can be done.
    Fatal,
    /// Stopped by the user.
    Interrupted,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Success => 0,
            Status::Partial => 1,
            Status::Fatal => 2,
            Status::Interrupted => 130,
        }
        .into()
    }
}

fn main() -> ExitCode {
    diptych::guard::silence_guarded();
    let arguments = Arguments::parse();
    let format = arguments.common.log_format;
    let result = Context::new(&arguments.common).and_then(|context| {
        let c = &context;
        match &arguments.command {
            Command::Run(a) => commands::run::run(c, a),
            Command::Clean(a) => commands::clean::clean(c, a),
            Command::Segment(a) => commands::stages::segment(c, a),
            Command::Quotes(a) => commands::stages::quotes(c, a),
            Command::Translate(a) => commands::translate::translate(c, a),
            Command::Align(a) => commands::align::align(c, a),
            Command::Eval(a) => commands::eval::eval(a),
            Command::Models(a) => commands::models::models(c, a),
            Command::Rule(a) => commands::rule::rule(a),
        }
    });
    let status = match result {
        Ok(status) => status,
        // The reader has what it wanted.
        Err(e) if e.is_broken_pipe() => Status::Success,
        Err(e) if e.is_interrupted() => Status::Interrupted,
        Err(e) => {
            message::error(format, &e);
            Status::Fatal
        }
    };
    status.into()
}
