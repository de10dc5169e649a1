#pragma once
#include <hdf5.h>

// HDF5 names its types through macros that run code, which Swift cannot import.
static inline hid_t chdf5_float32(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t chdf5_float64(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t chdf5_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t chdf5_uint8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t chdf5_c_string(void) { return H5T_C_S1; }
static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t chdf5_link_create(void) { return H5P_LINK_CREATE; }

// These are macros, or types whose fields differ between versions.
static inline int chdf5_is_hard_link(hid_t group, const char *name) {
  H5L_info_t info;
  return H5Lget_info(group, name, &info, H5P_DEFAULT) >= 0 && info.type == H5L_TYPE_HARD;
}
static inline int64_t chdf5_attributes(hid_t object) {
  H5O_info_t info;
#if H5_VERSION_GE(1, 12, 0)
  return H5Oget_info3(object, &info, H5O_INFO_NUM_ATTRS) < 0 ? -1 : (int64_t)info.num_attrs;
#else
  return H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS) < 0 ? -1 : (int64_t)info.num_attrs;
#endif
}
