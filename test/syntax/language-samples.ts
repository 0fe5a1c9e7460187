/**
 * A sound text in each language, with what is seldom in one: every line is there for a declaration
 * that could be missed.
 */
export const languageSamples: Readonly<Record<string, string>> = {
  python: `import os
LIMIT = 3
TABLE: dict[str, int] = {
    "a": 1,
}
type Alias = int

if os.name == "nt":
    def path(): return 1
else:
    def path(): return 2

# about points
@dataclass(
    frozen=True,  # a reason
    order=True,
)
@other
class Point:
    """A point."""
    x: int = 0

    @property
    def size(self): return 1

    @size.setter
    def size(self, value): pass

    @overload
    def at(self, a: int) -> int: ...
    def at(self, a): return a

    async def __getitem__(self, i):
        def inner(): pass

    class Part:
        def m(self): pass

square = lambda x: x * x
`,
  javascript: `const fs = require("fs");
module.exports = function (a) {
  return a;
};
exports.run = async (x) => x;
module.exports = { one, two() {}, three: () => 3, "four five": function () {}, [key]: () => 1 };
/** A table. */
class Table {
  [Symbol.iterator]() {}
  delete() {}
  static for(x) {}
  for(x) {}
  get size() { return 1; }
  set size(value) {}
  #own() {}
  "quoted name"() {}
  handler = (e) => {};
  count = 0;
}
const store = defineStore("main", {
  state: () => ({ a: 1 }),
  actions: { load() {}, async save() {} },
});
export const useStore = defineStore("main", () => {
  function load() {}
  return { load };
});
const App = memo(function App(props) {
  const click = () => {};
  return null;
});
export const limit = 1, twice = (x) => 2 * x;
Queue.prototype.put = function () {};
window.app = { start() {} };
stop = function () {};
describe("a", () => {
  it("b", () => { const helper = () => 1; });
  it("c", () => { const helper = () => 2; });
});
export default { name: "c", data() { return {}; }, methods: { go() {} } };
`,
  typescript: `export function over(a: string): string;
export function over(a: number): number;
export function over(a: any): any { return a; }
@Component({
  selector: "a", // a reason
})
export class A<T> extends B implements C {
  constructor(private a: string) { super(); }
  @Input() name: string;
  m(a: string): void;
  m(a: any): void {}
  static async from<T>(x: T) {}
}
interface I { a: string; go(x: number): void }
declare module "x" { export function y(): void; }
namespace N.M { export function inside() {} }
export const enum E { A = 1 }
export type T = { a: string };
export const store = create<S>()((set) => ({ a: 1, inc: () => set(1) }));
export const routes = { home() {}, deep: { page: () => 1 } } satisfies Routes;
declare const VERSION: string;
export abstract class Z { abstract w(): void; }
`,
  typescriptreact: `export const App: FC<P> = ({ a }) => {
  useEffect(() => { const load = async () => {}; }, []);
  useEffect(() => { const load = async () => {}; }, []);
  return <b onClick={() => 1}>{a}</b>;
};
`,
  go: `package p

import "fmt"

const C = 1
const (
	D = iota
	E
)
var handler = func() {}
type (
	A int
	B interface{ M() }
)
type S[T any] struct { a int }
type Al = int

// Push adds.
func (s *S[T]) Push(a int) { fmt.Println(a) }
func (Q) Push(a int) {}
func init() {}
func init() {}
func Map[T, U any](a []T) []U { return nil }
`,
  rust: `use std::fmt;
const C: i32 = 1;
/// A stack.
#[derive(
    Debug,
    Clone,
)]
pub struct S<T> { a: T }
impl<T> S<T> { const K: i32 = 2; pub fn new() -> Self { S { a: 1 } } }
impl<T> fmt::Display for S<T> { fn fmt(&self) { fn inner() {} } }
impl<T> fmt::Debug for S<T> { fn fmt(&self) {} }
trait Draw { fn q(&self); fn r(&self) {} }
mod tests { #[test] fn t() {} }
macro_rules! m { () => {} }
#[cfg(unix)]
fn os() {}
#[cfg(windows)]
fn os() {}
`,
  java: `package a;
import java.util.List;
/** An entity. */
@Entity(
  name = "x" // a reason
)
public class A<T> extends B {
  private final Runnable r = () -> {};
  public A(int x) {}
  A() {}
  @Override
  public int m() { return 1; }
  int m(int a) { return 1; }
  abstract void q();
  enum E { X { void f() {} }, Y; void g() {} }
  record R(int a) { R { } static void s() {} }
  interface I { default void d() {} }
  @interface An { String value() default ""; }
  Runnable first = new Runnable() { public void run() {} };
}
`,
  cpp: `#include <x>
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define LIMIT 10
#ifdef A
static int both(void) { return 1; }
#else
static int both(void) { return 2; }
#endif
static int
alone(int a)
{
  int local = a;
  return local;
}
int prototype(int a);
extern int elsewhere;
static const char *names[] = { "a", "b" };
typedef struct node { int a; } node_t;
typedef int (*callback)(int);
int (*pointer)(int) = 0;
enum class Mode { A, B };
namespace a::b {
/// A stack.
template <typename T>
class Stack : public Base<T> {
 public:
  Stack() : n(0) {}
  Stack(int n);
  bool operator==(const Stack& o) const { return true; }
  operator bool() const { return true; }
  template <class U> void each(U f) { f(); }
  int n;
};
template <typename T>
Stack<T>::Stack(int n) : n(n) {}
template <typename T>
T Stack<T>::operator()(int a) { return a; }
}
int a::b::run() { return 1; }
std::ostream &operator<<(std::ostream &out, const P &p) { return out; }
auto twice = [](int a) { return 2 * a; };
using Alias = int;
TEST(Suite, First) { int x = 1; }
TEST(Suite, Second) { int x = 1; }
`,
  csharp: `using System;
namespace N {
/// <summary>An entity.</summary>
[Serializable]
[Table(
  "x" // a reason
)]
public partial class A<T> : B where T : class {
  public const int Max = 1;
  public A(int x) : base(x) {}
  static A() {}
  ~A() {}
  public int P { get; set; }
  public int Q => 1;
  public int this[int i] { get { return 1; } }
  public event EventHandler Changed { add {} remove {} }
  public static A operator +(A a, A b) { return a; }
  public static implicit operator int(A a) => 1;
  [Attr] public int M(int a) { int Local(int b) { return b; } return 1; }
  void I.M() {}
  record Rec(int A);
  interface I { int M(); }
  delegate void D(int a);
}
}
`,
  ruby: `require "x"
LIMIT = 3
module M
  NAME = "a"
  # An account.
  class A < B
    attr_reader :x
    def initialize(a); end
    def self.s; end
    def s; end
    def +(o); end
    def []=(a, b); end
    def q?; end
    class << self
      def t; end
    end
    private def own; end
  end
  def g; end
end
Point = Struct.new(:x) do
  def dist; end
end
if a
  def c; end
else
  def c; end
end
def short = 1
`,
  php: `<?php
namespace App;
use B\\C;
const LIMIT = 1;
/** An entity. */
#[Attr(
  1
)]
final class A extends B implements I {
  use Shared;
  const MAX = 1;
  public int $x = 1;
  public function __construct(private int $a) {}
  public static function s() {}
  abstract protected function q();
  function list() {}
}
trait T { function t() {} }
enum E: string { case A = "a"; function e() {} }
function f() { function inner() {} }
$g = function () {};
$h = fn($x) => $x;
if (!function_exists('a')) { function a() {} }
`,
  shellscript: `#!/bin/bash
set -e
LIMIT=3
readonly NAME="x"
# Does f.
f() {
  local a=1
  b=2
}
function g { :; }
my-func() { inner() { :; }; }
ns::fn() ( : )
`,
  css: `@import "x";
:root { --a: 1; }
.a, .b > c { color: red; }
/* small */
@media (min-width: 1px) {
  .a { color: red; }
  .z { & .y { color: red; } }
}
@keyframes spin { from { a: b; } to { a: c; } }
@font-face { font-family: x; }
@layer base { .l { a: b; } }
`,
};
