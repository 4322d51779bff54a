//! `diptych rule`: the cleaning rules.

use diptych::error::{Error, Result};
use diptych::rules::registry::{self, Rule as Entry};

use super::print_text;
use crate::Status;
use crate::args::Rule;

pub fn rule(arguments: &Rule) -> Result<Status> {
    let rules = registry::all();
    let Some(id) = &arguments.id else {
        print_text(&rules.iter().map(line).collect::<String>())?;
        return Ok(Status::Success);
    };
    match rules.iter().find(|r| r.id == id.as_str()) {
        Some(rule) => {
            print_text(&explanation(rule))?;
            Ok(Status::Success)
        }
        None => {
            let near: Vec<_> = rules
                .iter()
                .map(|r| r.id)
                .filter(|known| known.contains(id.as_str()))
                .collect();
            Err(
                Error::usage(format!("there is no rule `{id}`")).hint(if near.is_empty() {
                    "`diptych rule` lists them all".to_owned()
                } else {
                    format!("did you mean {}?", near.join(", "))
                }),
            )
        }
    }
}

fn line(rule: &Entry) -> String {
    format!(
        "{:32} {:15} {:8} {}\n",
        rule.id, rule.kind, rule.action, rule.description
    )
}

fn explanation(rule: &Entry) -> String {
    let indent = |text: &str| {
        text.lines()
            .map(|l| format!("    {l}\n"))
            .collect::<String>()
    };
    format!(
        "{}\n  {}\n  kind {}, action {}, confidence {}\n  fires in\n{}  but not in\n{}",
        rule.id,
        rule.description,
        rule.kind,
        rule.action,
        rule.confidence,
        indent(rule.positive),
        indent(rule.negative)
    )
}
