// Files, chosen or dropped, sent to the API as any program would.
export default {
  props: { most: Number },
  emits: ["job"],
  data() {
    return { problem: "", busy: false, over: false };
  },
  render() {
    const { h } = Vue;
    return h("div", {
      class: { drop: true, over: this.over },
      onDragover: (e) => { e.preventDefault(); this.over = true; },
      onDragleave: () => { this.over = false; },
      onDrop: (e) => { e.preventDefault(); this.over = false; this.send(e.dataTransfer.files); },
    }, [
      h("label", { class: "field" }, [
        h("span", {}, "Choose files, or drop them here"),
        h("input", { type: "file", multiple: true, disabled: this.busy,
          accept: ".txt,.html,.htm,.xhtml,.md,.markdown,.jsonl,.ndjson,.json,text/plain,text/html",
          onChange: (e) => { this.send(e.target.files); } }),
      ]),
      this.busy ? h("progress", { "aria-label": "Sending" }) : null,
      h("p", { class: "problem small", role: "alert" }, this.problem),
    ]);
  },
  methods: {
    async send(files) {
      if (!files.length || this.busy) return;
      const bytes = [...files].reduce((sum, file) => sum + file.size, 0);
      if (bytes > this.most) {
        this.problem = `At most ${Math.floor(this.most / 1e6)} MB at once. Add the files in parts.`;
        return;
      }
      const form = new FormData();
      for (const file of files) form.append("files", file, file.name);
      this.busy = true;
      this.problem = "";
      try {
        const answer = await fetch("/api/reports/files", { method: "POST", body: form });
        if (!answer.ok) throw new Error((await answer.json().catch(() => null))?.detail ?? answer.statusText);
        this.$emit("job");
      } catch (error) {
        this.problem = `Not sent: ${error.message}`;
      } finally {
        this.busy = false;
      }
    },
  },
};
