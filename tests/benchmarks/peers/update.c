/* Updates of the lecture's network, and of Elman's, in C: sizes and kind are given when it is compiled. */
#include <math.h>
#include <string.h>

#define FED (ELMAN ? HIDDEN : DISHES)
enum {
    INPUT = 0,
    WEATHER = INPUT + HIDDEN * FED,
    HIDDEN_BIAS = WEATHER + HIDDEN * WEATHERS,
    MERGE = HIDDEN_BIAS + (BIASED ? HIDDEN : 0),
    OUTPUT_BIAS = MERGE + DISHES * HIDDEN,
    SIZE = OUTPUT_BIAS + (BIASED ? DISHES : 0)
};

static double fed[DAYS + 1][FED][WEEKS], a[DAYS][HIDDEN][WEEKS], p[DAYS][DISHES][WEEKS];
static double dy[DISHES][WEEKS], dz[HIDDEN][WEEKS], back[FED][WEEKS], row[WEEKS];

/* out (+)= matrix . x */
static inline void product(const double *matrix, int rows, int columns, const double (*x)[WEEKS],
                           double (*out)[WEEKS], int add) {
    for (int r = 0; r < rows; r++) {
        if (!add) memset(out[r], 0, sizeof out[r]);
        for (int c = 0; c < columns; c++)
            for (int b = 0; b < WEEKS; b++) out[r][b] += matrix[r * columns + c] * x[c][b];
    }
}

/* out (+)= matrix^T . g, and to += g . x^T */
static inline void back_through(const double *matrix, int rows, int columns, const double (*g)[WEEKS],
                                const double (*x)[WEEKS], double (*out)[WEEKS], double *to, int add) {
    if (out && !add) memset(out, 0, columns * sizeof *out);
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++) {
            double sum = 0;
            for (int b = 0; b < WEEKS; b++) {
                sum += g[r][b] * x[c][b];
                if (out) out[c][b] += matrix[r * columns + c] * g[r][b];
            }
            to[r * columns + c] += sum;
        }
}

static inline void add_bias(const double *bias, int rows, double (*out)[WEEKS]) {
    for (int r = 0; r < rows; r++)
        for (int b = 0; b < WEEKS; b++) out[r][b] += bias[r];
}

static inline void back_to_bias(int rows, const double (*g)[WEEKS], double *to) {
    for (int r = 0; r < rows; r++)
        for (int b = 0; b < WEEKS; b++) to[r] += g[r][b];
}

double gradient(const double *w, const double (*weather)[WEATHERS][WEEKS], const double (*start)[WEEKS],
                const double (*target)[DISHES][WEEKS], double *g) {
    double loss = 0;
    memset(g, 0, SIZE * sizeof *g);
    memcpy(fed[0], start, sizeof fed[0]);
    for (int day = 0; day < DAYS; day++) {
        product(w + INPUT, HIDDEN, FED, fed[day], a[day], 0);
        product(w + WEATHER, HIDDEN, WEATHERS, weather[day], a[day], 1);
        if (BIASED) add_bias(w + HIDDEN_BIAS, HIDDEN, a[day]);
        for (int r = 0; r < HIDDEN; r++)
            for (int b = 0; b < WEEKS; b++)
                a[day][r][b] = SIGMOID ? 1 / (1 + exp(-a[day][r][b])) : tanh(a[day][r][b]);
        product(w + MERGE, DISHES, HIDDEN, a[day], p[day], 0);
        if (BIASED) add_bias(w + OUTPUT_BIAS, DISHES, p[day]);
        for (int b = 0; b < WEEKS; b++) row[b] = p[day][0][b];
        for (int r = 1; r < DISHES; r++)
            for (int b = 0; b < WEEKS; b++) row[b] = p[day][r][b] > row[b] ? p[day][r][b] : row[b];
        for (int r = 0; r < DISHES; r++)
            for (int b = 0; b < WEEKS; b++) p[day][r][b] = exp(p[day][r][b] - row[b]);
        memset(row, 0, sizeof row);
        for (int r = 0; r < DISHES; r++)
            for (int b = 0; b < WEEKS; b++) row[b] += p[day][r][b];
        for (int r = 0; r < DISHES; r++)
            for (int b = 0; b < WEEKS; b++) p[day][r][b] /= row[b];
        memset(row, 0, sizeof row);
        for (int r = 0; r < DISHES; r++)
            for (int b = 0; b < WEEKS; b++) row[b] += p[day][r][b] * target[day][r][b];
        for (int b = 0; b < WEEKS; b++) loss -= log(row[b]);
        memcpy(fed[day + 1], ELMAN ? (void *)a[day] : (void *)p[day], sizeof fed[0]);
    }
    memset(back, 0, sizeof back);
    for (int day = DAYS - 1; day >= 0; day--) {
        if (ELMAN) memset(row, 0, sizeof row);
        else {
            memset(row, 0, sizeof row);
            for (int r = 0; r < DISHES; r++)
                for (int b = 0; b < WEEKS; b++) row[b] += p[day][r][b] * back[r % FED][b];
        }
        for (int r = 0; r < DISHES; r++)
            for (int b = 0; b < WEEKS; b++) {
                dy[r][b] = (p[day][r][b] - target[day][r][b]) / (DAYS * WEEKS);
                if (!ELMAN) dy[r][b] += p[day][r][b] * (back[r % FED][b] - row[b]);
            }
        if (ELMAN) memcpy(dz, back, sizeof dz);
        back_through(w + MERGE, DISHES, HIDDEN, dy, a[day], dz, g + MERGE, ELMAN);
        if (BIASED) back_to_bias(DISHES, dy, g + OUTPUT_BIAS);
        for (int r = 0; r < HIDDEN; r++)
            for (int b = 0; b < WEEKS; b++)
                dz[r][b] *= SIGMOID ? a[day][r][b] * (1 - a[day][r][b]) : 1 - a[day][r][b] * a[day][r][b];
        back_through(w + INPUT, HIDDEN, FED, dz, fed[day], back, g + INPUT, 0);
        back_through(w + WEATHER, HIDDEN, WEATHERS, dz, weather[day], NULL, g + WEATHER, 0);
        if (BIASED) back_to_bias(HIDDEN, dz, g + HIDDEN_BIAS);
    }
    return loss / (DAYS * WEEKS);
}

void run(double *w, double *first, double *second, long made, long updates, double rate,
         const double (*weather)[WEATHERS][WEEKS], const double (*start)[WEEKS], const double (*target)[DISHES][WEEKS]) {
    static double g[SIZE];
    double power_1 = pow(0.9, made), power_2 = pow(0.999, made);
    for (long update = 0; update < updates; update++) {
        gradient(w, weather, start, target, g);
        power_1 *= 0.9;
        power_2 *= 0.999;
        for (int i = 0; i < SIZE; i++) {
            first[i] = 0.9 * first[i] + 0.1 * g[i];
            second[i] = 0.999 * second[i] + 0.001 * g[i] * g[i];
            w[i] -= rate * (first[i] / (1 - power_1)) / (sqrt(second[i] / (1 - power_2)) + 1e-8);
        }
    }
}
