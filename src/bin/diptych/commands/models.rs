//! `diptych models`: the local models.

use diptych::error::Result;
use diptych::translate::model::{Model, bundled, named};

use super::print_text;
use crate::args::{Models, ModelsCommand};
use crate::context::Context;
use crate::{Status, message};

pub fn models(context: &Context, arguments: &Models) -> Result<Status> {
    match &arguments.command {
        ModelsCommand::List => {
            print_text(&bundled().iter().map(line).collect::<String>())?;
            Ok(Status::Success)
        }
        ModelsCommand::Verify { model } => verify(context, model.as_deref()),
    }
}

fn line(model: &Model) -> String {
    let bytes: u64 = model.files.iter().map(|f| f.bytes).sum();
    format!(
        "{:24} {}-{}  {:8} {:6.1} MB  {:12} {}\n",
        model.name,
        model.source_lang,
        model.target_lang,
        model.engine,
        bytes as f64 / 1e6,
        model.licence,
        model.folder.display()
    )
}

fn verify(context: &Context, name: Option<&str>) -> Result<Status> {
    let models = match name {
        Some(name) => vec![named(name)?],
        None => bundled(),
    };
    if models.is_empty() {
        return Err(diptych::Error::model("there are no models here")
            .hint("run diptych where `models/` is, or name a model's folder"));
    }
    let mut status = Status::Success;
    for model in &models {
        match model.verify() {
            Ok(()) => print_text(&format!(
                "{}: {} files, all as model.toml says\n",
                model.name,
                model.files.len()
            ))?,
            Err(e) => {
                message::error(context.format, &e);
                status = Status::Fatal;
            }
        }
    }
    Ok(status)
}
