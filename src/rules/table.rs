//! The reader of the embedded tables.

/// A parsed table.
#[derive(Debug, Clone)]
pub struct Table {
    name: &'static str,
    columns: Vec<&'static str>,
    /// Row after row.
    cells: Vec<&'static str>,
}

/// One line of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    cells: &'t [&'static str],
}

impl Table {
    /// Parses the text of an embedded table; `name` is used in messages.
    ///
    /// # Panics
    /// On a line with another number of cells than the heading: the tables are
    /// part of the program, and a test reads them all.
    #[must_use]
    pub fn parse(name: &'static str, text: &'static str) -> Self {
        let mut lines = text
            .lines()
            .filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        let columns: Vec<_> = lines.next().unwrap_or_default().split('\t').collect();
        let mut cells = Vec::new();
        for line in lines {
            let before = cells.len();
            cells.extend(line.split('\t'));
            assert_eq!(
                cells.len() - before,
                columns.len(),
                "table {name}: `{line}` has {} cells, its heading {}",
                cells.len() - before,
                columns.len()
            );
        }
        Self {
            name,
            columns,
            cells,
        }
    }

    /// Its lines in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.cells.chunks(self.columns.len());
        rows.map(|cells| Row { table: self, cells })
    }
}

impl Row<'_> {
    /// The cell under a heading.
    ///
    /// # Panics
    /// When the table has no such column.
    #[must_use]
    pub fn get(&self, column: &str) -> &'static str {
        match self.table.columns.iter().position(|c| *c == column) {
            Some(i) => self.cells[i],
            None => panic!("table {} has no column `{column}`", self.table.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_cells_by_heading() {
        let t = Table::parse("t", "# note\na\tb\n1\t2\n\n3\t\n");
        let cells: Vec<_> = t.rows().map(|r| (r.get("a"), r.get("b"))).collect();
        assert_eq!(cells, [("1", "2"), ("3", "")]);
    }
}
