//! `diptych models`: the local models.

use diptych::error::Result;
use diptych::translate::download::Published;
use diptych::translate::hub::{self, Hub};
use diptych::translate::model::{Model, local, named, need_cache};

use super::print_text;
use crate::args::{Models, ModelsCommand};
use crate::context::Context;
use crate::{Status, message};

pub fn models(context: &Context, arguments: &Models) -> Result<Status> {
    match &arguments.command {
        ModelsCommand::List { published, mirror } => {
            let text: String = if *published {
                let pairs = Published::discover(mirror.mirror.as_deref())?.pairs();
                pairs.iter().map(|p| format!("{p}\n")).collect()
            } else {
                local().iter().map(line).collect()
            };
            print_text(&text)?;
            Ok(Status::Success)
        }
        ModelsCommand::Get { model, mirror } => get(model, mirror.mirror.as_deref()),
        ModelsCommand::Verify { model } => verify(context, model.as_deref()),
    }
}

fn get(name: &str, mirror: Option<&str>) -> Result<Status> {
    let folder = need_cache()?;
    let model = if hub::is_id(name) {
        Hub::new(mirror).get(name, &folder)?
    } else {
        Published::discover(mirror)?.get(name, &folder)?
    };
    print_text(&line(&model))?;
    Ok(Status::Success)
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
        None => local(),
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
