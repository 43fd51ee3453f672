from collections import Counter


def dominant(image, count):
    small = image.convert("RGB").resize((64, 64)).quantize(colors=count)
    palette = small.getpalette()
    order = Counter(small.getdata()).most_common(count)
    return [tuple(palette[3 * i : 3 * i + 3]) for i, _ in order]
