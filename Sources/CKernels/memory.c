#include "kernel.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

// Content lies as [width, slots], so that the numbers at one place of all rows stand together.

/// sum += a b, rounded once where the CPU can, as products of matrices do it.
INLINE void add_product(vector *sum, float a, const vector *b) {
#pragma STDC FP_CONTRACT ON
  *sum += a * *b;
}

/// Where the number of heads is known, loops over them are unrolled.
#define WITH_HEADS(heads, call, ...)                   \
  switch (heads) {                                     \
    case 1: call(1, __VA_ARGS__); break;               \
    case 2: call(2, __VA_ARGS__); break;               \
    case 4: call(4, __VA_ARGS__); break;               \
    default: call((heads), __VA_ARGS__);               \
  }

/// kept (1 - unused) + writingᵀ written, and the lengths of its rows.
INLINE void write_rows(
    const long heads, long slots, long width, const float *kept, const float *unused, const float *writing,
    const float *written, float epsilon, float *content, float *lengths) {
  for (long w = 0; w < width; w++)
    for (long s = 0; s < slots; s += LANES) {
      const long place = w * slots + s;
      const vector zero = {0};
      vector sum = zero;
      for (long head = 0; head < heads; head++) {
        const vector weights = load(written + head * slots + s);
        add_product(&sum, writing[head * width + w], &weights);
      }
      const vector now = load(kept + place) * (1 - load(unused + s)) + sum;
      const vector square = now * now;
      store(content + place, slots - s, now);
      store(lengths + s, slots - s, w == 0 ? square : load(lengths + s) + square);
    }
  for (long s = 0; s < slots; s += LANES)
    store(lengths + s, slots - s, __builtin_elementwise_sqrt(load(lengths + s) + epsilon));
}

/// Lengths of `rows` rows that stand together, and the rows divided by them.
INLINE void unit_rows(
    long rows, long columns, const float *a, float epsilon, float *scratch, float *lengths, float *out) {
  for (long r = 0; r < rows; r++, a += columns, out += columns) {
    for (long c = 0; c < columns; c++) scratch[c] = a[c] * a[c];
    lengths[r] = sqrtf(mb_sum(columns, scratch) + epsilon);
    for (long c = 0; c < columns; c++) out[c] = a[c] / lengths[r];
  }
}

KERNEL void mb_memory_step(const mb_memory *m, const mb_memory_inputs *in, const mb_memory_outputs *out) {
  const long slots = m->slots, width = m->width, heads = m->heads;
  float *rows = mb_block_take(slots * width);
  float *logits = mb_block_take(heads * slots);
  for (long sequence = 0; sequence < m->sequences; sequence++) {
    const float *unused = in->unused + sequence * slots;
    const float *keys = in->keys + sequence * heads * width;
    const float *writing = in->writing + sequence * heads * width;
    const float *before = in->content + sequence * width * slots;
    float *content = out->content + sequence * width * slots;
    float *reading = out->reading + sequence * heads * slots;
    float *written = out->written + sequence * heads * slots;
    float *unit_keys = out->unit_keys + sequence * heads * width;
    float *lengths = out->lengths + sequence * slots;
    float *cosines = out->cosines + sequence * heads * slots;

    for (long head = 0; head < heads; head++) {
      const float gate = in->gates[sequence * heads + head];
      const float *read = in->reading + (sequence * heads + head) * slots;
      for (long s = 0; s < slots; s++)
        written[head * slots + s] = unused[s] + gate * (read[s] - unused[s]);
    }
    WITH_HEADS(
        heads, write_rows, slots, width, before, unused, writing, written, m->epsilon, content, lengths);
    unit_rows(heads, width, keys, m->epsilon, rows, out->key_lengths + sequence * heads, unit_keys);

    mb_product(1, heads, slots, width, unit_keys, 0, width, 1, content, 0, slots, 0, cosines, 0, slots);
    for (long head = 0; head < heads; head++)
      for (long s = 0; s < slots; s++) {
        const long place = head * slots + s;
        cosines[place] /= lengths[s];
        logits[place] = cosines[place] * m->sharpness;
      }
    mb_softmax(heads, slots, logits, reading);
    for (long s = 0; s < slots; s++) {
      float usage = m->decay * in->usage[sequence * slots + s];
      for (long head = 0; head < heads; head++) usage += reading[head * slots + s] + written[head * slots + s];
      out->usage[sequence * slots + s] = usage;
    }

    mb_transpose(1, width, slots, content, rows);
    mb_product(
        1, heads, width, slots, reading, 0, slots, 1, rows, 0, width, 0, out->read + sequence * heads * width, 0,
        width);
  }
  mb_block_give(rows);
  mb_block_give(logits);
}

/// What reaches content: from later on, from what was read, from cosines and from lengths.
INLINE void flow_into_rows(
    const long heads, long slots, long width, const float *later, const float *d_read, const float *reading,
    const float *unit_keys, const float *d_likeness, const float *d_lengths, const float *content,
    float *d_content) {
  for (long w = 0; w < width; w++)
    for (long s = 0; s < slots; s += LANES) {
      const long place = w * slots + s;
      vector read = {0}, alike = {0};
      for (long head = 0; head < heads; head++) {
        if (d_read) {
          const vector weights = load(reading + head * slots + s);
          add_product(&read, d_read[head * width + w], &weights);
        }
        const vector slopes = load(d_likeness + head * slots + s);
        add_product(&alike, unit_keys[head * width + w], &slopes);
      }
      const vector length = load(d_lengths + s) * load(content + place);
      const vector flow = (later ? load(later + place) + read : read) + alike + length + length;
      store(d_content + place, slots - s, flow);
    }
}

KERNEL void mb_memory_step_backward(
    const mb_memory *m, const mb_memory_inputs *in, const mb_memory_outputs *out,
    const mb_memory_cotangents *arriving, const mb_memory_gradients *leaving) {
  const long slots = m->slots, width = m->width, heads = m->heads;
  float *rows = mb_block_take(slots * width);    // content, or its cotangent, with rows as rows
  float *d_likeness = mb_block_take(heads * slots);
  float *d_lengths = mb_block_take(slots);
  float *scratch = mb_block_take(slots > width ? slots : width);
  for (long sequence = 0; sequence < m->sequences; sequence++) {
    const float *unused = in->unused + sequence * slots;
    const float *keys = in->keys + sequence * heads * width;
    const float *writing = in->writing + sequence * heads * width;
    const float *content = out->content + sequence * width * slots;
    const float *reading = out->reading + sequence * heads * slots;
    const float *written = out->written + sequence * heads * slots;
    const float *unit_keys = out->unit_keys + sequence * heads * width;
    const float *key_lengths = out->key_lengths + sequence * heads;
    const float *lengths = out->lengths + sequence * slots;
    const float *cosines = out->cosines + sequence * heads * slots;
    float *d_content = leaving->content + sequence * width * slots;
    float *d_reading = leaving->reading + sequence * heads * slots;
    float *d_keys = leaving->keys + sequence * heads * width;

    // read = reading contentᵀ
    const long later = arriving->reading != 0;
    if (later) memcpy(d_reading, arriving->reading + sequence * heads * slots, heads * slots * sizeof(float));
    else if (!arriving->read) memset(d_reading, 0, heads * slots * sizeof(float));
    const float *d_read = arriving->read ? arriving->read + sequence * heads * width : 0;
    if (d_read)
      mb_product(1, heads, slots, width, d_read, 0, width, 1, content, 0, slots, later, d_reading, 0, slots);

    // reading = softmax(sharpness cosines), cosines = unit keys content / lengths
    for (long head = 0; head < heads; head++) {
      const long at = head * slots;
      for (long s = 0; s < slots; s++) scratch[s] = d_reading[at + s] * reading[at + s];
      const float mean = mb_sum(slots, scratch);
      for (long s = 0; s < slots; s++)
        d_likeness[at + s] =
            reading[at + s] * (d_reading[at + s] - mean) * m->sharpness / lengths[s];
    }
    for (long s = 0; s < slots; s++) d_lengths[s] = d_likeness[s] * cosines[s];
    for (long head = 1; head < heads; head++)
      for (long s = 0; s < slots; s++) {
        const float term = d_likeness[head * slots + s] * cosines[head * slots + s];
        d_lengths[s] += term;
      }
    for (long s = 0; s < slots; s++) d_lengths[s] = -d_lengths[s] / (lengths[s] * 2);
    mb_transpose(1, width, slots, content, rows);
    mb_product(1, heads, width, slots, d_likeness, 0, slots, 1, rows, 0, width, 0, d_keys, 0, width);
    WITH_HEADS(
        heads, flow_into_rows, slots, width, arriving->content ? arriving->content + sequence * width * slots : 0, d_read, reading,
        unit_keys, d_likeness, d_lengths, content, d_content);

    // unit keys = keys / lengths
    for (long head = 0; head < heads; head++) {
      const long at = head * width;
      for (long w = 0; w < width; w++) {
        d_keys[at + w] /= key_lengths[head];
        scratch[w] = d_keys[at + w] * unit_keys[at + w];
      }
      const float d_square = -mb_sum(width, scratch) / (key_lengths[head] * 2);
      for (long w = 0; w < width; w++) {
        const float flow = d_square * keys[at + w];
        d_keys[at + w] = d_keys[at + w] + flow + flow;
      }
    }

    // content = content (1 - unused) + writingᵀ written
    mb_transpose(1, width, slots, d_content, rows);
    mb_product(
        1, heads, width, slots, written, 0, slots, 1, rows, 0, width, 0,
        leaving->writing + sequence * heads * width, 0, width);
    float *d_written = d_likeness;
    mb_product(1, heads, slots, width, writing, 0, width, 1, d_content, 0, slots, 0, d_written, 0, slots);
    for (long w = 0; w < width; w++)
      for (long s = 0; s < slots; s++) d_content[w * slots + s] *= 1 - unused[s];

    // written = unused + gates (reading - unused)
    for (long head = 0; head < heads; head++) {
      const float *before = in->reading + (sequence * heads + head) * slots;
      const float gate = in->gates[sequence * heads + head];
      for (long s = 0; s < slots; s++) {
        const float d = d_written[head * slots + s];
        scratch[s] = d * (before[s] - unused[s]);
        d_reading[head * slots + s] = d * gate;
      }
      leaving->gates[sequence * heads + head] = mb_sum(slots, scratch);
    }
  }
  mb_block_give(rows);
  mb_block_give(d_likeness);
  mb_block_give(d_lengths);
  mb_block_give(scratch);
}
