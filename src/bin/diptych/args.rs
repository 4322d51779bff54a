//! The command line as parsed: values, no side effects.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Clean scraped news, translate the French, and lay each sentence beside the
/// English reporting of the same quote or fact
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  diptych run articles/ -o out               everything; open out/report.html
  diptych run 'news/2020-10-*/*.txt' -o out  quoted globs are expanded in path order
  diptych clean page.txt | jq -r .text       the clean text of one article
  diptych quotes articles/                   who said what
  diptych align fr.txt en.txt                links between two texts, a sentence a line

Exit status: 0 all well, 1 finished but some documents could not be processed
(see errors.jsonl), 2 wrong usage or nothing could be done, 130 interrupted.")]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Settings in TOML; the README lists the keys
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Worker threads [default: one a core]
    #[arg(long, value_name = "N", global = true, value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// How messages are written to standard error
    #[arg(long, value_enum, default_value_t = LogFormat::Text, global = true)]
    pub log_format: LogFormat,
    /// Only errors, no progress
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Do everything: clean, segment, find quotes, translate, align, write a folder
    Run(Run),
    /// Clean documents: JSONL on standard output, one document a line
    Clean(Clean),
    /// Only find sentences, without cleaning: JSONL, one document a line
    Segment(Segment),
    /// Find quotations and their speakers: a table on a terminal, JSONL in a pipe
    Quotes(Inputs),
    /// Translate documents (JSONL), or lines with --lines
    Translate(Translate),
    /// Align two texts of one sentence a line, or the documents of an output folder anew
    Align(Align),
    /// Score an output folder against gold
    Eval(Eval),
    /// Local translation models
    Models(Models),
    /// List the cleaning rules, or explain one
    Rule(Rule),
}

/// What is read.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files (.txt, .html, .jsonl), folders, quoted globs, or - for standard input
    #[arg(value_name = "IN", required = true)]
    pub inputs: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  diptych clean page.txt | jq -r .text       the clean text of one article
  diptych clean --text news/ > texts.jsonl   the clean text of many, for other tools
  diptych clean --explain page.txt           what was taken out, and the rule for each")]
pub struct Clean {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Only the clean text, in half the time: records of id, lang, title, date, outlet and text
    #[arg(long, conflicts_with = "explain")]
    pub text: bool,
    /// Show the raw text instead, with what was done to each stretch, by which rule, how sure
    #[arg(long)]
    pub explain: bool,
}

/// Which engine and model translate.
#[derive(Debug, Args)]
pub struct Engine {
    /// The translation engine [default: the one that --model is for, else marian]
    #[arg(long, value_enum)]
    pub engine: Option<EngineName>,
    /// A model: its folder, its name, or with --engine rust-bert the id of one on
    /// Hugging Face, which is downloaded once
    /// [default: the first one found for each language]
    #[arg(long, value_name = "DIR|ID")]
    pub model: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// Marian models in int8, built in
    Marian,
    /// Standard Marian models such as OPUS-MT's, on libtorch; for builds with that feature
    RustBert,
}

impl EngineName {
    /// As models and records name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Marian => "marian",
            Self::RustBert => "rust-bert",
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
Writes documents.jsonl, alignments.jsonl, unmatched.jsonl, errors.jsonl, manifest.json
and report.html into the output folder, each whole or not at all.

Examples:
  diptych run tests/corpus -o out
  diptych run day.jsonl -o out --no-translate
  zcat archive.jsonl.gz | diptych run - -o out")]
pub struct Run {
    #[command(flatten)]
    pub inputs: Inputs,
    /// The output folder, made where it is missing
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,
    /// Leave translation, and links that need it, out
    #[arg(long)]
    pub no_translate: bool,
    #[command(flatten)]
    pub engine: Engine,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  diptych segment page.txt | jq -r '.sentences[].text'
  diptych segment page.txt --tokens                    words with their offsets
  diptych segment page.txt --tokens tokenizer.json     a model's pieces with ids")]
pub struct Segment {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Also give each sentence's tokens: words, or the pieces of a Hugging Face tokenizer.json
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "words")]
    pub tokens: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  diptych translate article.txt | jq -r '.sentences[].translation.text'
  diptych translate --lines < fr.txt > en.txt")]
pub struct Translate {
    /// Files, folders, quoted globs, or - for standard input [default: -]
    #[arg(value_name = "IN")]
    pub inputs: Vec<String>,
    /// One sentence a line in, one translation a line out; empty lines stay
    #[arg(long)]
    pub lines: bool,
    #[command(flatten)]
    pub engine: Engine,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  diptych align fr.txt en.txt                        translates fr.txt itself
  diptych align fr.txt en.txt --via fr.mt.en         with a translation you have
  diptych align a.txt b.txt --langs en,en --format beads
  diptych align out                                  the links of an output folder anew")]
pub struct Align {
    /// Two files of one sentence a line, or one output folder
    #[arg(value_name = "A B | OUT", required = true, num_args = 1..=2)]
    pub paths: Vec<PathBuf>,
    /// The languages of A and B
    #[arg(long, value_name = "A,B", default_value = "fr,en")]
    pub langs: String,
    /// A translation of A, line by line; repeatable
    #[arg(long, value_name = "FILE")]
    pub via: Vec<PathBuf>,
    /// How beads are written
    #[arg(long, value_enum, default_value_t = BeadFormat::Jsonl)]
    pub format: BeadFormat,
    /// Whether the texts run in the same order
    #[arg(long, value_enum, default_value_t = Order::Auto)]
    pub mode: Order,
    #[command(flatten)]
    pub engine: Engine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BeadFormat {
    /// One JSON object a bead, with both texts
    Jsonl,
    /// `[8, 9]:[10, 11, 12]:0.83`, lines counted from 0
    Beads,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// As the texts show
    Auto,
    /// Mostly the same order
    Parallel,
    /// Any order
    Comparable,
}

#[derive(Debug, Args)]
pub struct Eval {
    /// A folder of gold: documents.jsonl and alignments.jsonl corrected by a person
    pub gold: PathBuf,
    /// The output folder to score
    pub out: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Models are looked for in ./models, in models/ beside or above the executable, and
where `get` puts them: DIPTYCH_MODELS, or diptych/models in your cache folder.

Examples:
  diptych models list
  diptych models list --published
  diptych models get de-en
  diptych models get Helsinki-NLP/opus-mt-fr-en        for --engine rust-bert
  diptych models verify")]
pub struct Models {
    #[command(subcommand)]
    pub command: ModelsCommand,
}

#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// The models found here, with languages, size and licence
    List {
        /// The language pairs that are published for download instead
        #[arg(long)]
        published: bool,
        #[command(flatten)]
        mirror: Mirror,
    },
    /// Download the Firefox Translations model of a language pair, such as de-en, or a
    /// standard Marian model of Hugging Face by its id
    Get {
        /// From and to which language, or the model's id there
        #[arg(value_name = "FROM-TO|ID")]
        model: String,
        #[command(flatten)]
        mirror: Mirror,
    },
    /// Check the files of one model, or of all, against their checksums
    Verify {
        /// A model's folder or name
        model: Option<String>,
    },
}

/// Where published models are fetched from.
#[derive(Debug, Args)]
pub struct Mirror {
    /// A server that answers the paths of the original ones
    #[arg(long, value_name = "URL")]
    pub mirror: Option<String>,
}

#[derive(Debug, Args)]
pub struct Rule {
    /// The rule to explain; without it, all are listed
    pub id: Option<String>,
}
