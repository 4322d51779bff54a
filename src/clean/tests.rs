//! Whole texts through the cleaner.

use super::*;
use crate::rules::registry::{Rule, all};

fn fires(rule: &Rule, example: &str) -> bool {
    let text = rule.article(example);
    let found = clean(&text, rule.lang.unwrap_or(Lang::EN));
    let (edits, _) = view(&text, &found).expect("the cleaning is of this text");
    found.artefacts.iter().any(|a| a.rule == rule.id)
        || edits.edits().iter().any(|e| e.rule == rule.id)
}

#[test]
fn every_rule_fires_on_its_example_and_not_on_its_counterexample() {
    let mut wrong = Vec::new();
    for rule in all() {
        if !fires(rule, rule.positive) {
            wrong.push(format!("{} does not fire on `{}`", rule.id, rule.positive));
        }
        if fires(rule, rule.negative) {
            wrong.push(format!("{} fires on `{}`", rule.id, rule.negative));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
