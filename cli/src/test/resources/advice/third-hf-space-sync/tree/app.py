import gradio as gr

from palette import dominant


def run(image, count):
    return [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in dominant(image, int(count))]


demo = gr.Interface(
    fn=run,
    inputs=[gr.Image(type="pil"), gr.Slider(2, 10, value=5, step=1)],
    outputs=gr.JSON(),
    title="Palette",
)

if __name__ == "__main__":
    demo.launch()
