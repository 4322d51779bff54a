//! Every rule's examples, taken through the stages as an article of their own.

use diptych::clean::Knowledge;
use diptych::document::{Lang, Source};
use diptych::pipeline::{prepare_within, repeats};
use diptych::read::Article;
use diptych::rules::registry::{Rule, all};

/// Whether the rule's mark is on the document that the example makes.
fn fires(rule: &Rule, example: &str) -> bool {
    let article = Article {
        id: "example".into(),
        line: None,
        source: Source {
            path: "example.txt".into(),
            sha256: String::new(),
            url: None,
            outlet: None,
        },
        text: rule.article(example),
        lang: Some(rule.lang.unwrap_or(Lang::EN)),
        date: None,
        title: None,
    };
    // One rule looks at a corpus: articles that have the example in common.
    let corpus: Vec<Article> = (0..6)
        .map(|i| {
            let own = format!("\n\nThe {i} engineers wrote a report of their own, which is longer than any other line of this article by far.");
            Article {
                text: rule.article(example) + &own,
                ..article.clone()
            }
        })
        .collect();
    let mut known = Knowledge::default();
    if rule.id == "any-repeated-line" {
        known.repeats = repeats(corpus.iter());
    }
    match prepare_within(article, &known) {
        Ok(document) => {
            document.artefacts.iter().any(|a| a.rule == rule.id)
                || document.edits.edits().iter().any(|e| e.rule == rule.id)
        }
        Err(e) => panic!("{}: {e}", rule.id),
    }
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

#[test]
fn ids_are_unique_and_every_rule_is_described() {
    let mut ids: Vec<_> = all().iter().map(|r| r.id).collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for rule in all() {
        assert!(!rule.description.is_empty(), "{}", rule.id);
        assert!((0.0..=1.0).contains(&rule.confidence), "{}", rule.id);
    }
}
