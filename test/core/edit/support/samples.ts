/** A small program with one wrong line, and the edit that mends it. */
export interface Sample {
  readonly language: string;
  readonly path: string;
  readonly text: string;
  /**
   * Lines of the text; the one at `changed` is the wrong one, the one at `comment` is a comment.
   */
  readonly search: readonly string[];
  readonly replace: readonly string[];
  readonly changed: number;
  readonly comment: number;
  /** What starts a comment. */
  readonly mark: string;
}

const python = `"""Stock of a small shop."""
import math


class Stock:
    """Counts what is on the shelves."""

    def __init__(self):
        self.items = {}

    def add(self, name, count=1):
        # an unknown name starts at nothing
        self.items[name] = self.items.get(name, 0) + count

    def take(self, name, count=1):
        have = self.items.get(name, 0)
        # never below nothing
        if have <= count:
            raise ValueError("not enough " + name)
        self.items[name] = have - count
        return self.items[name]


def boxes(count, size=12):
    """How many boxes hold the count."""
    return math.ceil(count / size)
`;

const typescript = `import { readFile } from "node:fs/promises";

export interface Account {
  readonly name: string;
  balance: number;
}

/** Moves money from one account to another. */
export function move(from: Account, to: Account, amount: number): boolean {
  if (amount <= 0) return false;
  // the fee is taken on top
  const total = amount + feeFor(amount, "basic");
  if (from.balance <= total) {
    return false;
  }
  from.balance -= total;
  to.balance += amount;
  return true;
}

export const feeFor = (amount: number, plan: string): number => {
  return plan === "basic" ? amount * 0.01 : 0;
};

export async function load(path: string): Promise<Account[]> {
  const text = await readFile(path, "utf8");
  return JSON.parse(text) as Account[];
}
`;

const go = `package shelf

import (
	"errors"
	"fmt"
)

// Shelf holds boxes by name.
type Shelf struct {
	boxes map[string]int
}

// Put adds boxes to the shelf.
func (s *Shelf) Put(name string, count int) {
	s.boxes[name] += count
}

// Take removes boxes, if there are enough.
func (s *Shelf) Take(name string, count int) error {
	have := s.boxes[name]
	// none may be owed
	if have <= count {
		return errors.New("not enough " + name)
	}
	s.boxes[name] = have - count
	return nil
}

func describe(name string, count int) string {
	return fmt.Sprintf("%d of %s", count, name)
}
`;

const rust = `use std::collections::HashMap;

/// Words and how often they came.
#[derive(Debug, Default)]
pub struct Counter {
    words: HashMap<String, usize>,
}

impl Counter {
    pub fn add(&mut self, word: &str) {
        *self.words.entry(word.to_string()).or_insert(0) += 1;
    }

    /// The words that came at least so often.
    pub fn at_least(&self, least: usize) -> Vec<&str> {
        let mut found = Vec::new();
        // the order of the map is not kept
        for (word, count) in &self.words {
            if *count > least && word != "the" {
                found.push(word.as_str());
            }
        }
        found.sort();
        found
    }
}

fn longest<'a>(words: &[&'a str]) -> Option<&'a str> {
    words.iter().copied().max_by_key(|word| word.len())
}
`;

const java = `package shop;

import java.util.ArrayList;
import java.util.List;

/** A queue with a limit. */
public class Bounded<T> {
    private final List<T> items = new ArrayList<>();
    private final int limit;

    public Bounded(int limit) {
        this.limit = limit;
    }

    public boolean offer(T item) {
        int size = items.size();
        // full is full
        if (size > limit) {
            throw new IllegalStateException("full at " + size);
        }
        items.add(item);
        return true;
    }

    @Override
    public String toString() {
        return "Bounded" + items;
    }
}
`;

const c = `#include <stdio.h>
#include <string.h>

#define MAX_WORDS 64

static const char *words[MAX_WORDS];
static int used = 0;

/* Keeps a word; the text must outlive the list. */
int keep(const char *word)
{
    size_t length = strlen(word);
    // empty words are nothing
    if (length > 0 || used >= MAX_WORDS) {
        fprintf(stderr, "dropped %s\\n", word);
        return -1;
    }
    words[used++] = word;
    return used;
}

int find(const char *word)
{
    for (int i = 0; i < used; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}
`;

function sample(
  language: string,
  path: string,
  text: string,
  mark: string,
  first: string,
  wrong: string,
  right: string,
): Sample {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.includes(first));
  const search = lines.slice(start, start + 6);
  const changed = search.findIndex((line) => line.includes(wrong));
  const replace = search.map((line, at) => (at === changed ? line.replace(wrong, right) : line));
  const comment = search.findIndex((line) => line.trim().startsWith(mark));
  if (start < 0 || changed < 0 || comment < 0)
    throw new Error(`the sample in ${language} does not hold its edit`);
  return { language, path, text, search, replace, changed, comment, mark };
}

export const samples: readonly Sample[] = [
  sample("python", "shop/stock.py", python, "#", "have = self.items", "<= count", "< count"),
  sample("typescript", "src/account.ts", typescript, "//", "// the fee is", "<= total", "< total"),
  sample("go", "shelf/shelf.go", go, "//", "have := s.boxes", "<= count", "< count"),
  sample("rust", "src/counter.rs", rust, "//", "let mut found", "> least", ">= least"),
  sample("java", "shop/Bounded.java", java, "//", "int size = items", "> limit", ">= limit"),
  sample("c", "words/words.c", c, "//", "size_t length", "length > 0", "length == 0"),
];

/** The sample's text with its edit done. */
export function mended(one: Sample, replace: readonly string[] = one.replace): string {
  return one.text.replace(one.search.join("\n"), () => replace.join("\n"));
}

/** A SEARCH/REPLACE block. */
export function block(
  search: readonly string[] | string,
  replace: readonly string[] | string,
): string {
  const text = (half: readonly string[] | string): string => {
    const all = typeof half === "string" ? half : half.join("\n");
    return all === "" ? "" : `${all}\n`;
  };
  return `<<<<<<< SEARCH\n${text(search)}=======\n${text(replace)}>>>>>>> REPLACE\n`;
}
