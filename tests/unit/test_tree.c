// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/tree.h"

#define MANY 70

static uint8_t leaves[MANY][CRYPTO_HASH];

static const uint8_t (*
view(void))[CRYPTO_HASH]
{
	return (const uint8_t (*)[CRYPTO_HASH])leaves;
}

static void
example_leaves(void)
{
	for (size_t i = 0; i < 6; i++) {
		struct bw_cur e = vec_hex("log/entries/%zu", i);

		assert_ok(tree_leaf_hash(e.ptr, e.len, leaves[i]));
		assert_memory_equal(leaves[i],
		    vec_hex("log/leaf_hashes/%zu", i).ptr, CRYPTO_HASH);
	}
}

static void
roots_agree(void **state)
{
	uint8_t root[CRYPTO_HASH];
	struct tree t = { 0 };

	(void)state;
	example_leaves();
	for (unsigned i = 0; i <= 6; i++) {
		assert_ok(tree_root(&t, root));
		assert_memory_equal(root, vec_hex("log/roots/%u", i).ptr,
		    CRYPTO_HASH);
		if (i < 6)
			assert_ok(tree_append(&t, leaves[i]));
	}
	assert_int_equal(t.size, 6);
	assert_int_equal(t.n, 2);
}

static void
expect_proof(const struct tree_proof *p, const char *path)
{
	assert_int_equal(p->n, vec_count("%s", path));
	for (size_t i = 0; i < p->n; i++)
		assert_memory_equal(p->hash[i],
		    vec_hex("%s/%zu", path, i).ptr, CRYPTO_HASH);
}

static void
proofs_agree(void **state)
{
	struct tree_proof p;
	char path[64];

	(void)state;
	example_leaves();
	for (unsigned i = 0; i < 6; i++) {
		assert_ok(tree_inclusion(view(), 6, i, &p));
		snprintf(path, sizeof(path), "log/inclusion/%u", i);
		expect_proof(&p, path);
		if (i == 0)
			continue;
		assert_ok(tree_consistency(view(), i, 6, &p));
		snprintf(path, sizeof(path), "log/consistency/%u->6", i);
		expect_proof(&p, path);
	}
	assert_err(tree_inclusion(view(), 6, 6, &p), BW_ERR_ARG);
	assert_err(tree_consistency(view(), 7, 6, &p), BW_ERR_ARG);
	assert_err(tree_consistency(view(), 0, 6, &p), BW_ERR_ARG);
}

static void
many_leaves(uint8_t roots[MANY + 1][CRYPTO_HASH])
{
	struct tree t = { 0 };

	for (size_t i = 0; i < MANY; i++) {
		uint8_t byte = (uint8_t)i;

		assert_ok(tree_leaf_hash(&byte, 1, leaves[i]));
		assert_ok(tree_append(&t, leaves[i]));
		assert_ok(tree_root(&t, roots[i + 1]));
	}
}

/* A proof fails when a bit of it, its leaf, its root or its place changes. */
static void
break_inclusion(struct tree_proof *p, uint64_t index, uint64_t size,
    const uint8_t *root)
{
	uint8_t wrong[CRYPTO_HASH];

	if (size > 1)
		assert_err(tree_inclusion_verify(p, (index + 1) % size, size,
		    leaves[index], root), BW_ERR_ROOT);
	assert_err(tree_inclusion_verify(p, index, 2 * size, leaves[index],
	    root), BW_ERR_ROOT);
	memcpy(wrong, root, CRYPTO_HASH);
	wrong[31] ^= 1;
	assert_err(tree_inclusion_verify(p, index, size, leaves[index],
	    wrong), BW_ERR_ROOT);
	assert_err(tree_inclusion_verify(p, index, size, wrong, root),
	    BW_ERR_ROOT);
	if (p->n == 0)
		return;
	p->hash[p->n - 1][7] ^= 0x10;
	assert_err(tree_inclusion_verify(p, index, size, leaves[index], root),
	    BW_ERR_ROOT);
	p->hash[p->n - 1][7] ^= 0x10;
	p->n--;
	assert_err(tree_inclusion_verify(p, index, size, leaves[index], root),
	    BW_ERR_ROOT);
	p->n += 2;
	assert_err(tree_inclusion_verify(p, index, size, leaves[index], root),
	    BW_ERR_ROOT);
}

static void
inclusion_proofs_verify_and_break(void **state)
{
	static uint8_t roots[MANY + 1][CRYPTO_HASH];
	struct tree_proof p;

	(void)state;
	many_leaves(roots);
	for (uint64_t size = 1; size <= MANY; size++)
		for (uint64_t i = 0; i < size; i++) {
			assert_ok(tree_inclusion(view(), size, i, &p));
			assert_ok(tree_inclusion_verify(&p, i, size,
			    leaves[i], roots[size]));
			break_inclusion(&p, i, size, roots[size]);
		}
}

static void
consistency_proofs_verify_and_break(void **state)
{
	static uint8_t roots[MANY + 1][CRYPTO_HASH];
	struct tree_proof p;

	(void)state;
	many_leaves(roots);
	for (uint64_t size = 1; size <= MANY; size++)
		for (uint64_t old = 1; old <= size; old++) {
			assert_ok(tree_consistency(view(), old, size, &p));
			assert_ok(tree_consistency_verify(&p, old, size,
			    roots[old], roots[size]));
			if (old == size)
				continue;
			assert_err(tree_consistency_verify(&p, old, size,
			    roots[size], roots[size]), BW_ERR_ROOT);
			assert_err(tree_consistency_verify(&p, old, size,
			    roots[old], roots[old]), BW_ERR_ROOT);
			assert_err(tree_consistency_verify(&p, old, 2 * size,
			    roots[old], roots[size]), BW_ERR_ROOT);
			p.hash[0][0] ^= 1;
			assert_err(tree_consistency_verify(&p, old, size,
			    roots[old], roots[size]), BW_ERR_ROOT);
			p.hash[0][0] ^= 1;
			p.n--;
			assert_err(tree_consistency_verify(&p, old, size,
			    roots[old], roots[size]), BW_ERR_ROOT);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_agree),
		cmocka_unit_test(proofs_agree),
		cmocka_unit_test(inclusion_proofs_verify_and_break),
		cmocka_unit_test(consistency_proofs_verify_and_break),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
