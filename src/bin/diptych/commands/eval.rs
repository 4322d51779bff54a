//! `diptych eval`: scores of an output folder against gold.

use std::io::IsTerminal;

use diptych::error::Result;
use diptych::eval;

use super::{print_records, print_text};
use crate::Status;
use crate::args::Eval;

pub fn eval(arguments: &Eval) -> Result<Status> {
    let scores = eval::score(&arguments.gold, &arguments.out)?;
    if std::io::stdout().is_terminal() {
        print_text(&scores.to_string())?;
    } else {
        print_records([&scores])?;
    }
    Ok(Status::Success)
}
