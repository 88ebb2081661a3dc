"""How our own templates become Python: with less of what they do not need.

Whatever a template shows goes through the environment's `finalize`, which escapes and gives
`Markup`; escaping that once more would only take time. Our functions and macros ask nothing of the
context, so they are called as they are. An organisation's own templates are compiled by Jinja's
own compiler (`rendering.sandbox`).
"""

from __future__ import annotations

from types import CodeType

from jinja2 import Template, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context


class Compiler(CodeGenerator):
    """Compiles a template that comes with orgcode."""

    def _make_finalize(self) -> CodeGenerator._FinalizeInfo:
        """Nothing is shown when a template is compiled: that depends on the language."""
        return self._FinalizeInfo(None, "environment.finalize(")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        del node, frame
        self.write(finalize.src or "")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        del node, frame, finalize
        self.write(")")

    def visit_Call(  # noqa: N802 (its name and arguments are Jinja's)
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 (likewise)
    ) -> None:
        """A call without a detour."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for keyword in node.kwargs:
            self.write(f"{keyword.key}=")
            self.visit(keyword.value, frame)
            self.write(", ")
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            self.fail("our own templates spread no arguments", node.lineno)
        self.write("caller=caller)" if forward_caller else ")")


class Compiled(Template):
    """A template that comes with orgcode."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Its macros, which are the same for every page: all it knows is the environment's."""
        del ctx
        return super()._get_default_module()


class Shared(BytecodeCache):
    """What templates were compiled to, for the environments of all languages in this process."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template if it was compiled before."""
        found = self._codes.get(bucket.key)
        if found is not None and found[0] == bucket.checksum:
            bucket.code = found[1]

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what a template was compiled to."""
        if bucket.code is not None:
            self._codes[bucket.key] = (bucket.checksum, bucket.code)
