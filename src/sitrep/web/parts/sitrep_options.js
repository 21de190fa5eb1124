// A datalist; its options are made once and not looked at again when something else on the page changes.
export default {
  inheritAttrs: false,
  props: { name: String, names: Array },
  render() {
    return Vue.h("datalist", { id: this.name }, this.names.map((name) => Vue.h("option", { value: name })));
  },
};
